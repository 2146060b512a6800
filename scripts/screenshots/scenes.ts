// The pictures of the README, made in the real editor with the packaged extension: `npm run screenshots`.
// A scene is one entry of the list; each is taken in light and dark.
import type { Frame } from '@playwright/test';
import { mkdir } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { expect, test } from '../../test/support/workbench/fixtures.ts';
import type { Workbench } from '../../test/support/workbench/workbench.ts';

interface Scene {
  readonly name: string;
  /** Brings the editor to where the picture is taken. */
  readonly play: (workbench: Workbench) => Promise<void>;
}

/** A thread with a bit of everything, from its start. */
async function openOrder(workbench: Workbench): Promise<Frame> {
  await workbench.openSandbox();
  await workbench.threads.row(/Where is order/).dblclick();
  const inspector = await workbench.inspector(/Where is order/);
  await inspector.getByRole('button', { name: 'Jump to start' }).click();
  await expect(inspector.locator('[data-widget-root]').first()).toBeVisible();
  return inspector;
}

const scenes: readonly Scene[] = [
  {
    name: 'overview',
    play: async (workbench) => {
      await openOrder(workbench);
    },
  },
  {
    name: 'inspector',
    play: async (workbench) => {
      const inspector = await openOrder(workbench);
      await workbench.page.keyboard.press('Control+B');
      await expect(workbench.sideBar).toBeHidden();
      await inspector.locator('[data-widget-root]').first().scrollIntoViewIfNeeded();
    },
  },
  {
    name: 'welcome',
    play: async (workbench) => {
      await expect(workbench.view('Threads').getByRole('button').first()).toBeVisible();
    },
  },
];

const themes = { light: 'Light 2026', dark: 'Dark 2026' };
const folder = new URL('../../media/screenshots/', import.meta.url);

test.use({ viewport: { width: 1280, height: 800 }, trace: 'off', screenshot: 'off' });

for (const [theme, colorTheme] of Object.entries(themes)) {
  test.describe(theme, () => {
    test.use({
      workbenchOptions: { settings: { 'workbench.colorTheme': colorTheme, 'window.menuBarVisibility': 'hidden' } },
    });

    for (const { name, play } of scenes) {
      test(name, async ({ workbench, page }) => {
        await workbench.openView();
        await play(workbench);
        await page.mouse.move(600, 1);
        await expect(page.getByText('Activating Extensions')).toHaveCount(0, { timeout: 60_000 });
        await expect(page.locator('.monaco-progress-container.active')).toHaveCount(0);
        await mkdir(folder, { recursive: true });
        await page.screenshot({ path: fileURLToPath(new URL(`${name}-${theme}.png`, folder)) });
      });
    }
  });
}

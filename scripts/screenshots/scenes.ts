// The pictures of the README, made in the real editor with the packaged extension: `npm run screenshots`.
// A scene is one entry of the list; each is taken in light and dark.
import type { Frame, Page } from '@playwright/test';
import { readFileSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { expect, test } from '../../test/support/workbench/fixtures.ts';
import { webviewFrame } from '../../test/support/workbench/webviewFrame.ts';
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

/** A new thread of a server, with an answer that streamed in. */
async function converse(workbench: Workbench): Promise<Frame> {
  await workbench.openSandboxServer();
  await (await workbench.threads.menu(/Local Sandbox Server/)).choose('New Thread');
  const inspector = await workbench.inspector('New Thread');
  const message = inspector.getByRole('textbox', { name: 'Message' });
  for (const text of ['/workflow', '/text']) {
    await message.fill(text);
    await message.press('Enter');
    await expect(inspector.getByRole('button', { name: 'Stop', exact: true })).toBeVisible();
    await expect(inspector.getByRole('button', { name: 'Stop', exact: true })).toBeHidden();
  }
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
    name: 'conversation',
    play: async (workbench) => {
      await converse(workbench);
    },
  },
  {
    name: 'event-log',
    play: async (workbench) => {
      const inspector = await converse(workbench);
      await inspector.getByRole('tab', { name: 'Event log' }).click();
      await expect(inspector.locator('[data-event-index]').first()).toBeVisible();
    },
  },
  {
    name: 'widget',
    play: async (workbench) => {
      const { page } = workbench;
      await page.keyboard.press('Control+Shift+E');
      await page.getByRole('treeitem', { name: 'order.widget' }).dblclick();
      const preview = await webviewFrame(page, async (frame) => (await frame.getByRole('region').count()) > 0);
      await expect(preview.locator('[data-widget-root]')).toHaveCount(2);
      await page.keyboard.press('Control+B');
      await expect(workbench.sideBar).toBeHidden();
    },
  },
  {
    name: 'welcome',
    play: async (workbench) => {
      await expect(workbench.view('Threads').getByRole('button').first()).toBeVisible();
    },
  },
];

/** Takes a picture as WebP, which is a third of a PNG. A page of its own converts it, because Playwright cannot. */
async function pictureOf(page: Page): Promise<Buffer> {
  const png = (await page.screenshot()).toString('base64');
  const converter = await page.context().newPage();
  try {
    const webp = await converter.evaluate(async (data) => {
      const picture = new Image();
      picture.src = `data:image/png;base64,${data}`;
      await picture.decode();
      const canvas = document.createElement('canvas');
      [canvas.width, canvas.height] = [picture.width, picture.height];
      canvas.getContext('2d')?.drawImage(picture, 0, 0);
      return canvas.toDataURL('image/webp', 0.86);
    }, png);
    return Buffer.from(webp.slice(webp.indexOf(',') + 1), 'base64');
  } finally {
    await converter.close();
  }
}

const order = readFileSync(new URL('../../samples/order.widget', import.meta.url), 'utf8');
const themes = { light: 'Light 2026', dark: 'Dark 2026' };
const folder = new URL('../../media/screenshots/', import.meta.url);

test.use({ viewport: { width: 1280, height: 800 }, trace: 'off', screenshot: 'off' });

for (const [theme, colorTheme] of Object.entries(themes)) {
  test.describe(theme, () => {
    test.use({
      workbenchOptions: {
        settings: { 'workbench.colorTheme': colorTheme, 'window.menuBarVisibility': 'hidden' },
        files: { 'order.widget': order },
      },
    });

    for (const { name, play } of scenes) {
      test(name, async ({ workbench, page }) => {
        await workbench.openView();
        await play(workbench);
        await page.mouse.move(600, 1);
        await expect(page.getByText('Activating Extensions')).toHaveCount(0, { timeout: 60_000 });
        await expect(page.locator('.monaco-progress-container.active')).toHaveCount(0);
        await mkdir(folder, { recursive: true });
        await writeFile(new URL(`${name}-${theme}.webp`, folder), await pictureOf(page));
      });
    }
  });
}

// The pictures of the README, made in the real editor with the packaged extension: `npm run screenshots`.
// A scene is one entry of the list.
import type { Frame, Page } from '@playwright/test';
import { readFileSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { expect, test } from '../../test/support/workbench/fixtures.ts';
import { webviewFrame } from '../../test/support/workbench/webviewFrame.ts';
import type { Workbench } from '../../test/support/workbench/workbench.ts';

interface Scene {
  readonly name: string;
  readonly theme: 'light' | 'dark';
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
async function converse(workbench: Workbench, messages: readonly string[]): Promise<Frame> {
  await workbench.openSandboxServer();
  await (await workbench.threads.menu(/Local Sandbox Server/)).choose('New Thread');
  const inspector = await workbench.inspector('New Thread');
  const message = inspector.getByRole('textbox', { name: 'Message' });
  for (const text of messages) {
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
    theme: 'dark',
    play: async (workbench) => {
      await openOrder(workbench);
    },
  },
  {
    name: 'conversation',
    theme: 'light',
    play: async (workbench) => {
      const inspector = await converse(workbench, ['/workflow', '/widget order']);
      await expect(inspector.locator('[data-widget-root]')).toBeVisible();
    },
  },
  {
    name: 'event-log',
    theme: 'dark',
    play: async (workbench) => {
      const inspector = await converse(workbench, ['/workflow', '/text']);
      await inspector.getByRole('tab', { name: 'Event log' }).click();
      await expect(inspector.locator('[data-event-index]').first()).toBeVisible();
    },
  },
  {
    name: 'widget',
    theme: 'light',
    play: async (workbench) => {
      const { page } = workbench;
      await page.keyboard.press('Control+Shift+E');
      await page.getByRole('treeitem', { name: 'order.widget' }).dblclick();
      const preview = await webviewFrame(page, async (frame) => (await frame.getByRole('region').count()) > 0);
      await expect(preview.locator('[data-widget-root]')).toHaveCount(2);
      await page.keyboard.press('Control+B');
      await expect(workbench.sideBar).toBeHidden();
      await workbench.runCommand('ChatKit: Edit Template');
      await workbench.runCommand('Format Document');
      await expect(workbench.editorText.first()).toContainText('endfor');
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
      return canvas.toDataURL('image/webp', 0.4);
    }, png);
    return Buffer.from(webp.slice(webp.indexOf(',') + 1), 'base64');
  } finally {
    await converter.close();
  }
}

const order = readFileSync(new URL('../../samples/order.widget', import.meta.url), 'utf8');
const themes = { light: 'Light 2026', dark: 'Dark 2026' };
const folder = new URL('../../media/screenshots/', import.meta.url);

test.use({ viewport: { width: 1160, height: 720 }, trace: 'off', screenshot: 'off' });

for (const { name, theme, play } of scenes) {
  test.describe(name, () => {
    test.use({
      workbenchOptions: {
        settings: {
          'workbench.colorTheme': themes[theme],
          'window.menuBarVisibility': 'hidden',
          // They would show the path of a folder of this machine.
          'breadcrumbs.enabled': false,
          'editor.minimap.enabled': false,
        },
        files: { 'order.widget': order },
      },
    });

    test(theme, async ({ workbench, page }) => {
      await workbench.openView();
      await play(workbench);
      await page.mouse.move(600, 1);
      await expect(page.getByText('Activating Extensions')).toHaveCount(0, { timeout: 60_000 });
      await expect(page.locator('.monaco-progress-container.active')).toHaveCount(0);
      await mkdir(folder, { recursive: true });
      await writeFile(new URL(`${name}-${theme}.webp`, folder), await pictureOf(page));
    });
  });
}

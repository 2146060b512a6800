import { join } from 'node:path';
import { tryLock } from '../../scripts/lib/install.mjs';
import { root, temporaryFolder } from '../../scripts/lib/paths.mjs';
import { startService } from '../../scripts/lib/process.mjs';
import { profileLock } from '../../scripts/lib/start.mjs';
import { ConsoleHealth } from '../support/console.ts';
import { Tree } from '../support/workbench/tree.ts';
import { webviewPath } from '../support/workbench/webviewFrame.ts';
import { expect, test } from '../support/workbench/fixtures.ts';

test.describe.configure({ timeout: 360_000 });

test('npm start prints a link that opens the editor with notifications and an untrusted folder', async ({ page }) => {
  // A first start: the saved profile is in use, so a temporary one is created. It builds in a folder of its own.
  const [release, dist] = await Promise.all([tryLock(profileLock('latest')), temporaryFolder('start-dist')]);
  const command = [join(root, 'scripts', 'cli.mjs'), 'start', '--port', '0', '--no-open'];
  const env = { ...process.env, CHATKIT_DIST: join(dist.path, 'dist') };
  const start = await startService(process.execPath, command, /^Ready: (\S+)/, { env });
  const link = start.ready[1] ?? '';
  const { origin } = new URL(link);
  try {
    expect((await fetch(origin)).status, 'without the link').toBe(403);

    const health = new ConsoleHealth(page, (url) => url.includes(webviewPath) || url.includes('vscode-resource'));
    const question = page.locator('.monaco-dialog-box');
    await page.addLocatorHandler(question, () => question.getByRole('button', { name: /^No/ }).click());
    await page.goto(link);
    await page.waitForURL(/folder=/);
    const threads = new Tree(page, page.locator('.part.sidebar').getByRole('tree').first());
    await expect(threads.row(/Where is order/)).toBeVisible();
    const header = page.locator('.part.sidebar .pane-header').first();
    await expect(header, 'VS Code knows the extension').toHaveAccessibleName('Threads Section');
    await expect(page.locator('[id="status.workspaceTrust"]')).toContainText('Restricted Mode');

    await (await threads.menu(/Local Sandbox/)).choose('Test Connection');
    const toast = page.locator('.notifications-toasts .notification-toast');
    await expect(toast.filter({ hasText: '“Local Sandbox” works.' })).toBeVisible();
    health.expectNone();

    expect((await fetch(link)).status, 'the link once more, elsewhere').toBe(403);
    await page.close();
  } finally {
    await start.stop();
    await release?.();
    await dist.remove();
  }
  await expect(fetch(origin), 'after the end').rejects.toThrow();
});

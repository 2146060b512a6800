import { expect, test } from '../support/workbench/fixtures.ts';
import type { Workbench } from '../support/workbench/workbench.ts';

test.describe.configure({ timeout: 360_000 });

// test/browser looks at every theme closely; a step here proves that the editor puts on a page what those tests assume.
test.use({
  workbenchOptions: {
    settings: { 'workbench.colorTheme': 'Default High Contrast Light', 'workbench.reduceMotion': 'on' },
  },
});

const title = /Where is order/;

test('first use: the sandbox, its threads, one in the inspector, as documents, after a reload, deleted', async ({
  workbench,
}) => {
  await workbench.openView();
  await workbench.openSandbox();
  await test.step('the inspector wears the theme of the editor', () => seeTheme(workbench));
  await test.step('JSON and transcript open in editors that cannot be changed', () => openDocuments(workbench));
  await test.step('a reload brings the open thread back, where it was, and a transcript', () => reload(workbench));
  await test.step('a thread is looked at, and deleted once that is confirmed', () => lookAndDelete(workbench));
});

async function seeTheme(workbench: Workbench): Promise<void> {
  await workbench.threads.row(title).click();
  const inspector = await workbench.inspector(title);
  await expect(inspector.getByRole('article').first()).toBeVisible();
  const body = inspector.locator('body');
  await expect(body).toHaveClass(/vscode-high-contrast-light/);
  await expect(body).toHaveClass(/vscode-reduce-motion/);
  await expect(body).toHaveCSS('color', 'rgb(41, 41, 41)');
}

async function openDocuments({ threads, editorText }: Workbench): Promise<void> {
  await (await threads.menu(title)).choose('Open as Markdown Transcript');
  await expect(editorText).toContainText('# Where is order');
  await (await threads.menu(title)).choose('Open as JSON');
  await expect(editorText).toContainText('"object": "chatkit.thread"');
}

async function reload(workbench: Workbench): Promise<void> {
  const { threads, editorText } = workbench;
  await workbench.closeEditors();
  await threads.row(title).dblclick();
  await workbench.inspector(title);
  // Side by side: both are there from the start.
  await (await threads.menu(title)).choose('Open as Markdown Transcript');
  await expect(editorText).toContainText('# Where is order');
  const id = /cthr_\w+/.exec(await editorText.innerText())?.[0] ?? '';
  await workbench.runCommand('View: Move Editor into Right Group');
  const before = await workbench.inspector(title);
  await before.getByRole('textbox', { name: 'Find in thread' }).fill('Oslo');
  await expect(before.getByRole('status').filter({ hasText: /^\d\/5$/ })).toHaveCount(1);

  await workbench.reloadWith(id, 'Oslo');
  await expect(editorText).toContainText('# Where is order');
  const after = await workbench.inspector(title);
  await expect(after.getByRole('article').first()).toBeVisible();
  await expect(after.getByRole('textbox', { name: 'Find in thread' })).toHaveValue('Oslo');
}

async function lookAndDelete(workbench: Workbench): Promise<void> {
  const { threads, dialog } = workbench;
  await workbench.closeEditors();
  await threads.row(title).click();
  const inspector = await workbench.inspector(title);
  await expect(inspector.getByRole('feed').getByRole('article').first()).toBeVisible();
  await expect(inspector.locator('[data-widget-root]').first()).toBeVisible();
  const count = await threads.rows.count();

  await (await threads.menu(title)).choose('Delete Thread…');
  await expect(dialog.message).toContainText(title);
  await expect(dialog.detail).toContainText('Local Sandbox');
  await expect(dialog.detail).toContainText('cannot be undone');
  await dialog.choose('Cancel');
  await expect(threads.row(title)).toBeVisible();

  await threads.row(title).press('Delete');
  await expect(dialog.message).toContainText(title);
  await dialog.choose('Delete');
  await expect(threads.row(title)).toHaveCount(0);
  expect(await threads.rows.count()).toBeLessThanOrEqual(count);
  await expect(inspector.getByText('This thread was deleted')).toBeVisible();
}

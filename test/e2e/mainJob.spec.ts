import { expect, test } from '../support/workbench/fixtures.ts';
import type { Workbench } from '../support/workbench/workbench.ts';

test.describe.configure({ timeout: 360_000 });

// test/browser tests every theme. A step here verifies that the editor provides the styles that those tests assume.
test.use({
  workbenchOptions: {
    settings: { 'workbench.colorTheme': 'Default High Contrast Light', 'workbench.reduceMotion': 'on' },
  },
});

const title = /Where is order/;

test('first use: start the sandbox, open a thread in the inspector and as documents, reload, delete', async ({
  workbench,
}) => {
  await workbench.openView();
  await workbench.openSandbox();
  await test.step('the inspector uses the theme of the editor', () => seeTheme(workbench));
  await test.step('JSON and transcript open in read-only editors', () => openDocuments(workbench));
  await test.step('a reload restores the inspector with its scroll position, and the transcript', () =>
    reload(workbench));
  await test.step('a thread can be viewed, and deleted after confirmation', () => lookAndDelete(workbench));
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
  await (await threads.menu(title)).choose('Open Thread as Markdown Transcript');
  await expect(editorText).toContainText('# Where is order');
  await (await threads.menu(title)).choose('Open Thread as JSON');
  await expect(editorText).toContainText('"object": "chatkit.thread"');
}

async function reload(workbench: Workbench): Promise<void> {
  const { threads, editorText } = workbench;
  await workbench.closeEditors();
  await threads.row(title).dblclick();
  await workbench.inspector(title);
  // Side by side: both are visible from the start.
  await (await threads.menu(title)).choose('Open Thread as Markdown Transcript');
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

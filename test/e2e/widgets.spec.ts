import { readFileSync } from 'node:fs';
import { expect, test } from '../support/workbench/fixtures.ts';
import { webviewFrame } from '../support/workbench/webviewFrame.ts';

const order = readFileSync(new URL('../../samples/order.widget', import.meta.url), 'utf8');

// A typo, fixed by the test.
test.use({ workbenchOptions: { files: { 'order.widget': order.replace('(title)', '(titel)') } } });

test('a .widget file is rendered while editing, and its problems link to their positions', async ({
  workbench,
  page,
}) => {
  test.slow();
  const { editorText } = workbench;
  await page.getByRole('treeitem', { name: 'order.widget' }).dblclick();
  const frame = await webviewFrame(
    page,
    async (candidate) => (await candidate.getByRole('main', { name: 'Widget preview: order.widget' }).count()) > 0,
  );
  const light = frame.getByRole('region', { name: 'Light' });
  // Text and preview are side by side.
  await expect(workbench.tab(/order\.widget/)).toHaveCount(2);
  await expect(editorText).toContainText('"version": "1.0"');

  await frame.getByRole('tab', { name: 'Problems (1)' }).click();
  await frame.getByRole('button', { name: /titel is not defined in the data or the template/ }).click();
  // The name is selected, so that typing replaces it.
  await expect(page.locator('.monaco-editor.focused')).toBeVisible();
  await page.keyboard.insertText('title');
  await expect(frame.getByText('No problems found.')).toBeVisible();
  await expect(light.getByText('Order 1042')).toBeVisible();
  await page.keyboard.press('Control+s');

  await frame.getByRole('tab', { name: 'Data' }).click();
  await frame
    .getByRole('textbox', { name: 'Data' })
    .fill(JSON.stringify({ title: 'Mine', status: 'Sent', total: '1', lines: [] }));
  await expect(light.getByText('Mine')).toBeVisible();
});

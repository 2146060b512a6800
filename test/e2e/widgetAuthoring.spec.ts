import { readFileSync } from 'node:fs';
import { expect, test } from '../support/workbench/fixtures.ts';
import { QuickInput } from '../support/workbench/quickInput.ts';
import { webviewFrame } from '../support/workbench/webviewFrame.ts';

const order = readFileSync(new URL('../../samples/order.widget', import.meta.url), 'utf8');

test.use({ workbenchOptions: { files: { 'order.widget': order } } });

test('a widget is created, its template is edited and the gallery is searched, by keyboard only', async ({
  workbench,
  page,
}, info) => {
  test.slow();
  await test.step('New Widget… creates a valid file where the user chooses', async () => {
    await new QuickInput(page).runCommand('ChatKit: New Widget…');
    const frame = await webviewFrame(
      page,
      async (candidate) => (await candidate.getByRole('main', { name: 'Widget gallery' }).count()) > 0,
    );
    await expect(frame.getByRole('searchbox', { name: 'Search' })).toBeFocused();
    await page.screenshot({ path: info.outputPath('starters.png') });
    await page.keyboard.type('survey');
    await expect(frame.getByRole('tabpanel').getByRole('listitem').getByRole('button')).toHaveCount(1);
    await page.keyboard.press('Tab');
    await page.keyboard.press('Tab');
    await expect(frame.getByRole('button', { name: /^Survey/ })).toBeFocused();
    await page.keyboard.press('Enter');
    const path = page.locator('.quick-input-widget input');
    await expect(path).toHaveValue(/survey\.widget$/);
    await page.keyboard.press('Enter');
    await expect(workbench.tab(/survey\.widget-template/)).toBeVisible();
    await expect(page.getByRole('treeitem', { name: 'survey.widget' })).toBeVisible();
    await expect(workbench.editorText).toContainText('RadioGroup');
    const preview = await webviewFrame(
      page,
      async (candidate) => (await candidate.getByRole('main', { name: 'Widget preview: survey.widget' }).count()) > 0,
    );
    await expect(preview.getByRole('region', { name: 'Light' }).getByText('How was your delivery?')).toBeVisible();
    await page.screenshot({ path: info.outputPath('created.png') });
  });

  await test.step('the template is completed, formatted, saved and shown in the preview', async () => {
    await page.getByRole('treeitem', { name: 'order.widget' }).dblclick();
    await new QuickInput(page).runCommand('ChatKit: Edit Template');
    await expect(workbench.tab(/order\.widget-template/)).toBeVisible();
    await new QuickInput(page).runCommand('Format Document');
    await expect(workbench.editorText).toContainText('"type": "Card"');
    await page.keyboard.press('Control+Home');
    await page.keyboard.press('Control+f');
    await page.keyboard.insertText('"Divider" }');
    await page.keyboard.press('Escape');
    await page.keyboard.press('ArrowRight');
    await new QuickInput(page).runCommand('ChatKit: Insert Component…');
    await expect(page.getByPlaceholder('Select a component')).toBeFocused();
    await page.keyboard.insertText('Caption');
    await page.keyboard.press('Enter');
    // The snippet is there, with its value selected.
    await expect(workbench.editorText).toContainText('"value" }');
    await page.keyboard.insertText('Thank you');
    await page.keyboard.press('Escape');
    await page.keyboard.press('Control+s');
    const preview = await webviewFrame(
      page,
      async (candidate) => (await candidate.getByRole('main', { name: 'Widget preview: order.widget' }).count()) > 0,
    );
    await expect(preview.getByRole('region', { name: 'Light' }).getByText('Thank you')).toBeVisible();
    await page.screenshot({ path: info.outputPath('template.png') });
  });

  await test.step('the gallery finds a component', async () => {
    await new QuickInput(page).runCommand('ChatKit: Open Widget Gallery');
    const frame = await webviewFrame(
      page,
      async (candidate) => (await candidate.getByRole('article', { name: 'Card' }).count()) > 0,
    );
    await expect(frame.getByRole('searchbox', { name: 'Search' })).toBeFocused();
    await page.keyboard.type('discovery badge');
    await expect(frame.getByRole('article', { name: 'Badge' })).toBeVisible();
    await page.screenshot({ path: info.outputPath('gallery.png') });
  });
});

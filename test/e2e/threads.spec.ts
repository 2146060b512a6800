import { expect, test } from '../support/workbench/fixtures.ts';
import { Menu } from '../support/workbench/menu.ts';
import type { Workbench } from '../support/workbench/workbench.ts';

test.describe.configure({ timeout: 360_000 });

test('Threads view: keyboard, filters, refresh, grouping, deleting several threads, loading all threads', async ({
  workbench,
}) => {
  await workbench.openView();
  await workbench.openSandbox();
  await test.step('keys apply to the focused row, not to the selected row', () => actByKeys(workbench));
  await test.step('filters loaded threads by text, queries the server by user, and clears the filter', () =>
    filterThreads(workbench));
  await test.step('a refresh preserves expansion and selection', () => refresh(workbench));
  await test.step('groups threads by user and removes the grouping', () => group(workbench));
  await test.step('deletes several threads after one confirmation', () => deleteSeveral(workbench));
  await test.step('loads more threads with the keyboard until the end', () => loadMore(workbench));
});

async function actByKeys(workbench: Workbench): Promise<void> {
  const { threads, dialog, page } = workbench;
  await threads.at(1).click();
  await expect(threads.at(1)).toHaveAttribute('aria-selected', 'true');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('ArrowDown');
  const title = await threads.at(3).locator('.label-name').innerText();

  await page.keyboard.press('Delete');
  await expect(dialog.message).toContainText(`“${title}”`);
  await dialog.choose('Cancel');
  await expect(threads.at(1)).toHaveAttribute('aria-selected', 'true');

  await page.keyboard.press('Control+c');
  await expect(page.locator('.statusbar')).toContainText(/Copied cthr_/);

  const tab = workbench.tab(title);
  await page.keyboard.press('Enter');
  await expect(tab).toBeVisible();
  await expect(tab.locator('.italic')).toHaveCount(0);
}

async function filterThreads(workbench: Workbench): Promise<void> {
  const { threads, quickInput } = workbench;
  const filter = async (): Promise<void> => (await threads.inlineAction(/Connection/, 'Filter Threads…')).click();
  const message = workbench.view('Threads').locator('.message');

  await filter();
  await quickInput.enter('order');
  await expect(message).toContainText(/“order” — \d+ of 50 loaded threads/);
  const rows = threads.root.getByRole('treeitem', { level: 2 });
  await expect(rows.filter({ hasNotText: /order|Load More/i })).toHaveCount(0);
  await expect(rows.filter({ hasText: /order/i }).first()).toBeVisible();

  await filter();
  // Names of icons are not read aloud; the state is a text.
  const option = (name: string) => quickInput.widget.getByRole('option', { name, exact: true });
  await expect(option('locked')).toBeVisible();
  await option('locked').click();
  await filter();
  await expect(option('locked, selected')).toBeVisible();
  await option('locked, selected').click();

  await filter();
  await quickInput.input.fill('user_48213');
  // The rows are replaced while the user types.
  await expect(quickInput.rows.filter({ hasText: 'User is' })).toContainText('“user_48213” (server query)');
  await expect(quickInput.rows.filter({ hasText: 'anon-7f3a9c2e' })).toHaveCount(0);
  // The row of the user keeps the text of the filter.
  await quickInput.rows.filter({ hasText: 'user_48213', hasNotText: /contains|User is/ }).click();
  await expect(message).toContainText(/User: user_48213 · “order” — \d+ of \d+ loaded threads/);
  await expect(threads.row(/mara\.lind/)).toHaveCount(0);
  await expect(threads.row(/user_48213/)).toBeVisible();

  await (await threads.inlineAction(/Connection/, 'Clear Thread Filter')).click();
  await expect(message).toBeHidden();
  await expect(threads.row(/mara\.lind/)).toBeVisible();
}

async function refresh({ threads }: Workbench): Promise<void> {
  await threads.expand(/Where is order/);
  const item = threads.root.getByRole('treeitem', { level: 3 }).nth(2);
  await item.click();
  const name = (await item.getAttribute('aria-label')) ?? '';
  await (await threads.inlineAction(/Connection/, 'Refresh')).click();
  await expect(threads.root.getByRole('treeitem', { level: 3 }).nth(2)).toHaveAttribute('aria-label', name);
  await expect(threads.root.getByRole('treeitem', { level: 3 }).nth(2)).toHaveAttribute('aria-selected', 'true');
  await threads.collapse(/Where is order/);
}

async function group(workbench: Workbench): Promise<void> {
  const { threads, quickInput } = workbench;
  await workbench.runCommand('ChatKit: Group Threads By…');
  await quickInput.pick('User');
  await expect(threads.root.getByRole('treeitem', { level: 2 }).first()).toHaveAttribute('aria-expanded', 'true');
  await expect(threads.root.getByRole('treeitem', { level: 3 }).first()).toBeVisible();
  await workbench.runCommand('ChatKit: Group Threads By…');
  await quickInput.pick('None');
  await expect(threads.root.getByRole('treeitem', { level: 3 })).toHaveCount(0);
}

async function deleteSeveral({ threads, dialog, page }: Workbench): Promise<void> {
  const nameAt = (index: number) => threads.at(index).locator('.label-name');
  const names: string[] = [];
  for (let index = 0; index <= 5; index += 1) names.push(await nameAt(index).innerText());
  await threads.at(2).click();
  await threads.at(4).click({ modifiers: ['Shift'] });
  await threads.at(3).click({ button: 'right' });
  await new Menu(page).choose('Delete Threads…');
  await expect(dialog.message).toHaveText('Delete 3 threads?');
  for (const name of names.slice(2, 5)) await expect(dialog.detail).toContainText(name);
  await dialog.choose('Delete');
  await expect(nameAt(2)).toHaveText(names[5] ?? '');
  await expect(nameAt(1)).toHaveText(names[1] ?? '');
  // As in the Explorer, the row after them has the focus, and keys work.
  await expect(threads.at(2)).toHaveClass(/\bfocused\b/);
  await expect(threads.at(2)).toHaveAttribute('aria-selected', 'true');
  await page.keyboard.press('ArrowUp');
  await expect(threads.at(1)).toHaveClass(/\bfocused\b/);
}

async function loadMore({ threads, page }: Workbench): Promise<void> {
  await threads.at(1).click();
  // The row of the sandbox's server is below it.
  await threads.moveTo(/^Load More/, 'End', 'ArrowUp');
  await page.keyboard.press('Enter');
  await expect(threads.row(/^Load More/)).toHaveCount(0);
  await threads.moveTo(/Local Sandbox Server/, 'End');
  await expect(threads.row(/^Load More/)).toHaveCount(0);
}

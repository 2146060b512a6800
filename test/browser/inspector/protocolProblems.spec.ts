import { expect, test } from '@playwright/test';
import type { ProtocolProblemsView } from '../../../src/inspector/common/protocolProblems.ts';
import { expectNoAxeViolations } from '../../support/axe.ts';
import { themeNames } from '../../support/themes.ts';
import { FakeHost } from './fakeHost.ts';
import { assistant, thread, user } from './items.ts';

const items = thread([user('Where is my order?'), assistant('In **Oslo**.')]);
const [, answer] = items;
const problems: ProtocolProblemsView = {
  rules: 2,
  byItem: {
    [answer?.id ?? '']: [
      { id: 'CK302', title: 'Id is a number', severity: 'warning', text: `id: ${'5'.repeat(300)}` },
      { id: 'CK421', title: 'Content of a message is text', severity: 'error', text: '' },
      { id: 'CK352', title: 'Time zone of the server was inferred', severity: 'info', text: 'created_at' },
    ],
  },
};

for (const theme of themeNames) {
  test(`problems are counted in the header and named at their item, ${theme}`, async ({ page }) => {
    const host = await new FakeHost({ items, theme, state0: { protocolProblems: problems } }).open(page);
    const header = page.locator('header');
    const count = header.getByRole('button', { name: '2 protocol problems' });
    await expect(count).toBeVisible();
    const list = page.getByRole('article').nth(1).getByRole('list', { name: 'Protocol problems' });
    await expect(list.getByRole('listitem')).toHaveCount(2);
    await expect(page.getByRole('article').first().getByRole('list', { name: 'Protocol problems' })).toHaveCount(0);
    await list.getByRole('button', { name: 'CK302: Id is a number' }).click();
    await expect
      .poll(() => host.calls.at(-1))
      .toEqual({ method: 'runAction', params: { threadId: host.threadId, action: 'showProtocolProblems' } });
    expect(await page.evaluate(() => document.documentElement.scrollWidth <= window.innerWidth)).toBe(true);
    await expectNoAxeViolations(page);
  });
}

test('problems appear while the inspector is open, and disappear when their rule is muted', async ({ page }) => {
  const host = await new FakeHost({ items }).open(page);
  await expect(page.getByRole('button', { name: /protocol problem/ })).toHaveCount(0);
  host.notify('protocolProblems', problems);
  await expect(page.getByRole('button', { name: '2 protocol problems' })).toBeVisible();
  host.notify('protocolProblems', { rules: 0, byItem: {} });
  await expect(page.getByRole('button', { name: /protocol problem/ })).toHaveCount(0);
  await expect(page.getByRole('list', { name: 'Protocol problems' })).toHaveCount(0);
});

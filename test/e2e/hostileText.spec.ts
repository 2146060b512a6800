import type { Locator } from '@playwright/test';
import type { SandboxAccess } from '../../scripts/lib/sandbox.mjs';
import { threadLink } from '../../src/threads/common/threadLink.ts';
import { addAcme, addFault } from '../support/workbench/connect.ts';
import { expect, test } from '../support/workbench/fixtures.ts';
import { notification } from '../support/workbench/messages.ts';
import type { Workbench } from '../support/workbench/workbench.ts';

test.describe.configure({ timeout: 240_000 });

const label = 'Claim your refund';
const command = 'command:workbench.action.terminal.new';
const hostile = `[${label}](${command})`;
/** The scheme of links to this editor. */
const scheme = 'code-oss';
const link = threadLink(scheme, { connectionId: hostile, threadId: 'cthr_1' });
/** The text before the target of a Markdown link. */
const opening = '[thread](';

test.use({
  workbenchOptions: {
    restrictedMode: true,
    files: {
      'links.md': `${opening}${link.replaceAll('(', '%28').replaceAll(')', '%29')})\n`,
    },
  },
});

test('untrusted text creates no links in notifications', async ({ workbench, sandbox }) => {
  await addAcme(workbench, sandbox);
  await createThread(sandbox, hostile);
  await workbench.threads.expand(/Acme/);
  await expect(workbench.threads.row(new RegExp(label))).toBeVisible();
  await test.step('the progress of an export', () => exportAndCancel(workbench, sandbox));
  await test.step('the report of an export that failed', () => failToExport(workbench, sandbox));
  await test.step('a link that names an unknown connection', () => openLink(workbench));
});

async function openLink(workbench: Workbench): Promise<void> {
  const { page, quickInput } = workbench;
  await quickInput.openFile('links.md');
  await expect(page.locator('.editor-instance .detected-link').first()).toBeVisible();
  await page.locator('.editor-instance .view-line').first().click();
  await page.keyboard.press('Control+Home');
  for (const _ of `${opening}${scheme}`) await page.keyboard.press('ArrowRight');
  await quickInput.runCommand('Open Link');
  const found = await notification(page, 'not configured in this editor');
  await expectNoLinks(found);
  await expect(found).not.toContainText(label);
}

async function exportAndCancel(workbench: Workbench, sandbox: SandboxAccess): Promise<void> {
  await addFault(sandbox, { kind: 'hang', method: 'GET', path: '/items' });
  await exportThread(workbench);
  const progress = await notification(workbench.page, 'Exporting threads of “Acme”');
  await expect(progress).toContainText(`[${label}] (${command})`);
  await expectNoLinks(progress);
  await progress.hover();
  await progress.getByRole('button', { name: 'Cancel' }).click();
  await expectNoLinks(await notification(workbench.page, 'cancelled'));
}

async function failToExport(workbench: Workbench, sandbox: SandboxAccess): Promise<void> {
  await addFault(sandbox, { kind: 'server_error', should_retry: false, method: 'GET', path: '/items' });
  await exportThread(workbench);
  const report = await notification(workbench.page, '1 failed');
  await expect(report).toContainText(`“[${label}] (${command})”`);
  await expectNoLinks(report);
}

async function exportThread({ threads, quickInput }: Workbench): Promise<void> {
  await (await threads.menu(new RegExp(label))).choose('Export Thread…');
  await quickInput.pick('.chatkit.json file');
  await quickInput.saveAs(/\.chatkit\.json$/);
}

async function expectNoLinks(found: Locator): Promise<void> {
  await expect(found.locator('.notification-list-item-message')).toBeVisible();
  await expect(found.locator('a[href], .notification-list-item-message a')).toHaveCount(0);
}

async function createThread({ url, apiKey }: SandboxAccess, title: string): Promise<void> {
  const response = await fetch(new URL('/sandbox/threads', url), {
    method: 'POST',
    headers: { authorization: `Bearer ${apiKey}` },
    body: JSON.stringify({
      user: 'ada',
      title,
      items: [{ body: { type: 'chatkit.task', task_type: 'custom', heading: 'Refund', summary: null } }],
    }),
  });
  expect(response.status).toBe(201);
}

import type { SandboxAccess } from '../../scripts/lib/sandbox.mjs';
import { addAcme, createdBodies } from '../support/workbench/connect.ts';
import { expect, test } from '../support/workbench/fixtures.ts';
import { notification } from '../support/workbench/messages.ts';
import type { Workbench } from '../support/workbench/workbench.ts';

test.describe.configure({ timeout: 360_000 });

test.describe('session files', () => {
  const text = `{
  "user": "\${input:user}",
  "workflow": { "id": "wf_file" },
  "expires_after": { "anchor": "created_at", "seconds": 3 }
}
`;
  const minute = text.replace('${input:user}', 'eve').replace('3', '64');
  test.use({
    workbenchOptions: { files: { 'short.chatkit-session.json': text, 'minute.chatkit-session.json': minute } },
  });

  test('creates sessions from files, which expire and count down', async ({ workbench, sandbox }) => {
    await addAcme(workbench, sandbox);
    await test.step('confirms, asks, creates; the session expires in every window', () =>
      createFromFile(workbench, sandbox));
    await test.step('the time left counts down', () => seeCountdown(workbench));
  });
});

async function createFromFile(workbench: Workbench, sandbox: SandboxAccess): Promise<void> {
  const { quickInput, sessions, dialog, page } = workbench;
  await workbench.runCommand('ChatKit: Send Session File');
  await quickInput.pick('short.chatkit-session.json');
  await expect(dialog.detail).toContainText('${input:user} → user');
  await expect(dialog.detail).toContainText('Sent to: Acme');
  await dialog.choose('Continue');
  await expect(quickInput.message).toContainText('user (for user)');
  await quickInput.enter('bob');
  await expect(sessions.row(/Session of bob/)).toBeVisible();
  // Without any interaction.
  await expect(sessions.row(/Session of bob, expired/)).toBeVisible();
  expect(await createdBodies(sandbox)).toEqual([
    '{"user":"bob","workflow":{"id":"wf_file"},"expires_after":{"anchor":"created_at","seconds":3}}',
  ]);

  const second = await page.context().newPage();
  const other = workbench.on(second);
  await other.open();
  await other.openView();
  await expect(other.sessions.row(/Session of bob, expired/)).toBeVisible();
  await sessions.row(/Session of bob/).click();
  await page.keyboard.press('Delete');
  await expect(sessions.rows).toHaveCount(0);
  await expect(other.sessions.rows).toHaveCount(0);
  await second.close();
}

async function seeCountdown(workbench: Workbench): Promise<void> {
  const { quickInput, sessions } = workbench;
  await workbench.runCommand('ChatKit: Send Session File');
  await quickInput.pick('minute.chatkit-session.json');
  await expect(sessions.row(/Session of eve, 60 s left/)).toBeVisible();
  await expect(sessions.row(/Session of eve, 50 s left/)).toBeVisible();
}

test.describe('in an untrusted folder', () => {
  test.use({
    workbenchOptions: {
      restrictedMode: true,
      env: { CHATKIT_E2E_SECRET: 'canary-env-5521' },
      files: {
        'env.chatkit-session.json': '{ "user": "${env:CHATKIT_E2E_SECRET}", "workflow": { "id": "wf_1" } }\n',
        'plain.chatkit-session.json': '{ "user": "plain", "workflow": { "id": "wf_1" } }\n',
      },
    },
  });

  test('only session files that read the environment are disabled', async ({ workbench, sandbox }) => {
    const { quickInput, threads, sessions, page } = workbench;
    await expect(page.locator('.statusbar').getByText('Restricted Mode')).toBeVisible();
    await addAcme(workbench, sandbox);
    await threads.expand(/Acme/);
    await threads.row(/Where is order/).click();
    const inspector = await workbench.inspector(/Where is order/);
    await expect(inspector.getByRole('article').first()).toBeVisible();

    await workbench.runCommand('ChatKit: Send Session File');
    await quickInput.pick('env.chatkit-session.json');
    await notification(page, 'is off until you trust this workspace');
    expect(await createdBodies(sandbox)).toEqual([]);
    await workbench.runCommand('ChatKit: Send Session File');
    await quickInput.pick('plain.chatkit-session.json');
    await expect(sessions.row(/Session of plain/)).toBeVisible();
    expect(JSON.stringify(await createdBodies(sandbox))).not.toContain('canary-env-5521');
  });
});

import { addAcme, addFault, createdBodies } from '../support/workbench/connect.ts';
import { expect, test } from '../support/workbench/fixtures.ts';
import { Menu } from '../support/workbench/menu.ts';
import { notification } from '../support/workbench/messages.ts';
import type { Workbench } from '../support/workbench/workbench.ts';

const quickTitle = (step: number, of: number) => `Create ChatKit Session (${step}/${of})`;

/** User and workflow, typed; the next question is what to do with them. */
async function typeBasics({ quickInput, page }: Workbench, user: string, workflow: string): Promise<void> {
  await quickInput.expectTitle(quickTitle(1, 3));
  await page.keyboard.press('Control+a');
  await page.keyboard.insertText(user);
  await page.keyboard.press('Enter');
  await quickInput.expectTitle(quickTitle(2, 3));
  await page.keyboard.press('Control+a');
  await page.keyboard.insertText(workflow);
  await page.keyboard.press('Enter');
  await quickInput.expectTitle(quickTitle(3, 3));
  await expect(quickInput.rows.first()).toContainText('Create Now');
}

test('by keyboard alone: create, details, cancel; a reload keeps the row', async ({ workbench, sandbox }) => {
  test.slow();
  const { quickInput, sessions, dialog, page, editorText } = workbench;
  await addAcme(workbench, sandbox);
  await workbench.runCommand('ChatKit: Create Session…');
  await quickInput.expectTitle(quickTitle(1, 3));
  await page.keyboard.press('Enter');
  await expect(quickInput.message).toContainText('Enter the ID of a user');
  await typeBasics(workbench, 'ada', 'wf_1');
  await expect(quickInput.rows.first()).toContainText('Create Now');
  await page.keyboard.press('Enter');

  const created = await notification(page, 'Session of ada created');
  const row = sessions.row(/Session of ada, 10 min left, workflow wf_1/);
  await expect(row).toBeVisible();
  await expect(row).toHaveAttribute('aria-selected', 'true');
  expect(await createdBodies(sandbox)).toEqual(['{"user":"ada","workflow":{"id":"wf_1"}}']);

  await created.getByRole('button', { name: 'Show' }).focus();
  await page.keyboard.press('Enter');
  await expect(sessions.root).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(workbench.tab(/Session ada/)).toBeVisible();
  await expect(editorText).toContainText('Requests per minute');

  // Opening the details leaves the keyboard where it was.
  await page.keyboard.press('Shift+F10');
  await new Menu(page).moveTo('Cancel Session…');
  await page.keyboard.press('Enter');
  await expect(dialog.message).toContainText('Cancel the session of ada?');
  await dialog.accept('Cancel Session');
  await expect(sessions.row(/Session of ada, cancelled/)).toBeVisible();

  await workbench.reload();
  await workbench.openView();
  await expect(sessions.row(/Session of ada, cancelled/)).toBeVisible();
});

test('every option: the body that arrives is what was chosen, to the byte', async ({ workbench, sandbox }) => {
  test.slow();
  const { quickInput, sessions, page } = workbench;
  const enter = async (text: string): Promise<void> => {
    await page.keyboard.press('Control+a');
    await page.keyboard.insertText(text);
    await page.keyboard.press('Enter');
  };
  await addAcme(workbench, sandbox);
  await workbench.runCommand('ChatKit: Create Session…');
  await typeBasics(workbench, 'user 😀 "1"', 'wf_full');
  await quickInput.pick('More Options');
  await quickInput.expectTitle(quickTitle(4, 5));
  await quickInput.tickAll();
  await page.keyboard.press('Enter');

  await quickInput.expectTitle(/\(5\/\d+\)/);
  await page.keyboard.insertText('latest');
  await expect(quickInput.message).toContainText('is not a version');
  await enter('7');
  await quickInput.pick('Add Variable');
  for (const [name, type, value] of [
    ['plan', 'Text', ' gold '],
    ['n', 'Number', '1.5'],
    ['beta', 'Boolean', 'false'],
  ] as const) {
    await expect(quickInput.message).toContainText('Name of the state variable');
    await enter(name);
    await quickInput.pick(type);
    if (type === 'Boolean') await quickInput.pick(value);
    else {
      await expect(quickInput.message).toContainText(`Value of ${name}`);
      await enter(value);
    }
    await expect(quickInput.rows.first()).toContainText('Done');
    if (name !== 'beta') await quickInput.pick('Add Variable');
  }
  await quickInput.pick('Done');
  await expect(quickInput.input).toHaveAttribute('placeholder', /Trace/);
  await quickInput.pickNamed('Off');
  await expect(quickInput.message).toContainText('1 to 600');
  await enter('601');
  await expect(quickInput.message).toContainText('A whole number from 1 to 600');
  await enter('599');
  await expect(quickInput.message).toContainText('Requests per minute');
  await enter('3');
  await expect(quickInput.input).toHaveAttribute('placeholder', /title/);
  await quickInput.pickNamed('Off');
  await expect(quickInput.input).toHaveAttribute('placeholder', /upload/);
  await quickInput.pickNamed('On');
  await expect(quickInput.message).toContainText('megabytes');
  await enter('512');
  await expect(quickInput.message).toContainText('Number of files');
  await enter('2');
  await expect(quickInput.input).toHaveAttribute('placeholder', /earlier threads/);
  await quickInput.pickNamed('On');
  await expect(quickInput.message).toContainText('recent threads');
  // Back, and forward again: nothing is lost.
  await quickInput.back();
  await expect(quickInput.input).toHaveAttribute('placeholder', /earlier threads/);
  await quickInput.pickNamed('On');
  await enter('');
  await expect(quickInput.rows.first()).toContainText('Create Session');
  await page.keyboard.press('Enter');

  await expect(sessions.row(/Session of user/)).toBeVisible();
  expect(await createdBodies(sandbox)).toEqual([
    JSON.stringify({
      user: 'user 😀 "1"',
      workflow: {
        id: 'wf_full',
        version: '7',
        state_variables: { plan: ' gold ', n: 1.5, beta: false },
        tracing: { enabled: false },
      },
      expires_after: { anchor: 'created_at', seconds: 599 },
      rate_limits: { max_requests_per_1_minute: 3 },
      chatkit_configuration: {
        automatic_thread_titling: { enabled: false },
        file_upload: { enabled: true, max_file_size: 512, max_files: 2 },
        history: { enabled: true },
      },
    }),
  ]);
});

test('a fault loses nothing of what was typed, and is never followed by a second request unasked', async ({
  workbench,
  sandbox,
}) => {
  const { quickInput, sessions, page } = workbench;
  await addAcme(workbench, sandbox);
  await addFault(sandbox, { kind: 'drop_processed', path: '/v1/chatkit/sessions' });
  await workbench.runCommand('ChatKit: Create Session…');
  await typeBasics(workbench, 'ada', 'wf_1');
  await page.keyboard.press('Enter');
  const failure = await notification(page, 'may have been created');
  expect(await createdBodies(sandbox)).toHaveLength(1);
  await failure.getByRole('button', { name: /Try Again \(May Be a Second Session\)/ }).click();
  await quickInput.expectTitle(quickTitle(1, 3));
  await expect(quickInput.input).toHaveValue('ada');
  await page.keyboard.press('Enter');
  await quickInput.expectTitle(quickTitle(2, 3));
  await expect(quickInput.input).toHaveValue('wf_1');
  await page.keyboard.press('Enter');
  await quickInput.expectTitle(quickTitle(3, 3));
  await expect(quickInput.rows.first()).toContainText('Create Now');
  await page.keyboard.press('Enter');
  await expect(sessions.row(/Session of ada/)).toBeVisible();
  expect(await createdBodies(sandbox)).toHaveLength(2);
});

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

  test('shown first, asked, created; it expires in sight, and every window sees it', async ({ workbench, sandbox }) => {
    test.slow();
    const { quickInput, sessions, dialog, page } = workbench;
    await addAcme(workbench, sandbox);
    await workbench.runCommand('ChatKit: Create Session from File');
    await quickInput.pick('short.chatkit-session.json');
    await expect(dialog.detail).toContainText('${input:user} → user');
    await expect(dialog.detail).toContainText('Sent to: Acme');
    await dialog.choose('Continue');
    await expect(quickInput.message).toContainText('user (for user)');
    await quickInput.enter('bob');
    await expect(sessions.row(/Session of bob/)).toBeVisible();
    // Nobody touches anything.
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
  });

  test('the time left counts down by itself', async ({ workbench, sandbox }) => {
    const { quickInput, sessions } = workbench;
    await addAcme(workbench, sandbox);
    await workbench.runCommand('ChatKit: Create Session from File');
    await quickInput.pick('minute.chatkit-session.json');
    await expect(sessions.row(/Session of eve, 60 s left/)).toBeVisible();
    await expect(sessions.row(/Session of eve, 50 s left/)).toBeVisible();
  });
});

test.describe('in a folder that is not trusted', () => {
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

  test('threads are read as anywhere; files that read the environment are off, others are not', async ({
    workbench,
    sandbox,
  }) => {
    const { quickInput, threads, sessions, page } = workbench;
    await expect(page.locator('.statusbar').getByText('Restricted Mode')).toBeVisible();
    await addAcme(workbench, sandbox);
    await threads.expand(/Acme/);
    await threads.row(/Where is order/).click();
    const inspector = await workbench.inspector(/Where is order/);
    await expect(inspector.getByRole('article').first()).toBeVisible();

    await workbench.runCommand('ChatKit: Create Session from File');
    await quickInput.pick('env.chatkit-session.json');
    await notification(page, 'is off until you trust this workspace');
    expect(await createdBodies(sandbox)).toEqual([]);
    await workbench.runCommand('ChatKit: Create Session from File');
    await quickInput.pick('plain.chatkit-session.json');
    await expect(sessions.row(/Session of plain/)).toBeVisible();
    expect(JSON.stringify(await createdBodies(sandbox))).not.toContain('canary-env-5521');
  });
});

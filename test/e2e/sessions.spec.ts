import type { SandboxAccess } from '../../scripts/lib/sandbox.mjs';
import { addAcme, addFault, createdBodies, forgetRequests } from '../support/workbench/connect.ts';
import { expect, test } from '../support/workbench/fixtures.ts';
import { Menu } from '../support/workbench/menu.ts';
import { notification } from '../support/workbench/messages.ts';
import type { Workbench } from '../support/workbench/workbench.ts';

test.describe.configure({ timeout: 360_000 });

const quickTitle = (step: number) => `Create ChatKit Session (${step})`;

/** Enters user and workflow by keyboard, up to the third step. */
async function typeBasics({ quickInput, page }: Workbench, user: string, workflow: string): Promise<void> {
  await quickInput.expectTitle(quickTitle(1));
  await page.keyboard.press('Control+a');
  await page.keyboard.insertText(user);
  await page.keyboard.press('Enter');
  await quickInput.expectTitle(quickTitle(2));
  await page.keyboard.press('Control+a');
  await page.keyboard.insertText(workflow);
  await page.keyboard.press('Enter');
  await quickInput.expectTitle(quickTitle(3));
  await expect(quickInput.rows.first()).toContainText('Create Now');
}

test('creates sessions: keyboard only, with every option, after a failure', async ({ workbench, sandbox }) => {
  await addAcme(workbench, sandbox);
  await test.step('by keyboard only: create, details, cancel', () => createByKeyboard(workbench, sandbox));
  await workbench.closeEditors();
  await forgetRequests(sandbox);
  await test.step('every option: the request body is exactly what was selected', () =>
    chooseEverything(workbench, sandbox));
  await forgetRequests(sandbox);
  await test.step('a failure preserves entered values and is not retried automatically', () =>
    meetFault(workbench, sandbox));
  await test.step('a reload preserves the rows', () => reload(workbench));
});

async function createByKeyboard(workbench: Workbench, sandbox: SandboxAccess): Promise<void> {
  const { quickInput, sessions, dialog, page, editorText } = workbench;
  await workbench.runCommand('ChatKit: Create Session…');
  await quickInput.expectTitle(quickTitle(1));
  await page.keyboard.press('Enter');
  await expect(quickInput.message).toContainText('Enter a user ID');
  await typeBasics(workbench, 'ada', 'wf_1');
  await expect(quickInput.rows.first()).toContainText('Create Now');
  await page.keyboard.press('Enter');

  const created = await notification(page, 'Created session for ada');
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

  // The focus stays in the tree when the details open.
  await page.keyboard.press('Shift+F10');
  await new Menu(page).moveTo('Cancel Session…');
  await page.keyboard.press('Enter');
  await expect(dialog.message).toContainText('End the session of ada?');
  await dialog.accept('End Session');
  await expect(sessions.row(/Session of ada, cancelled/)).toBeVisible();
}

async function chooseEverything(workbench: Workbench, sandbox: SandboxAccess): Promise<void> {
  const { quickInput, sessions, page } = workbench;
  const enter = async (text: string): Promise<void> => {
    await page.keyboard.press('Control+a');
    await page.keyboard.insertText(text);
    await page.keyboard.press('Enter');
  };
  await workbench.runCommand('ChatKit: Create Session…');
  await typeBasics(workbench, 'user 😀 "1"', 'wf_full');
  await quickInput.pick('More Options');
  await quickInput.expectTitle(quickTitle(4));
  await quickInput.tickAll();
  await page.keyboard.press('Enter');

  // Without a total while an answer can add questions.
  await quickInput.expectTitle(quickTitle(5));
  await page.keyboard.insertText('latest');
  await expect(quickInput.message).toContainText('is not a valid version');
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
  await expect(quickInput.input).toHaveAttribute('placeholder', /tracing/);
  await quickInput.pickNamed('Off');
  await expect(quickInput.message).toContainText('1 to 600');
  await enter('601');
  await expect(quickInput.message).toContainText('Enter a whole number from 1 to 600');
  await enter('599');
  await expect(quickInput.message).toContainText('Requests per minute');
  await enter('3');
  await expect(quickInput.input).toHaveAttribute('placeholder', /title/);
  await quickInput.pickNamed('Off');
  await expect(quickInput.input).toHaveAttribute('placeholder', /upload/);
  await quickInput.pickNamed('On');
  await expect(quickInput.message).toContainText('megabytes');
  await enter('512');
  await expect(quickInput.message).toContainText('Maximum number of files');
  await enter('3');
  await expect(quickInput.input).toHaveAttribute('placeholder', /earlier threads/);
  await quickInput.pickNamed('On');
  await expect(quickInput.message).toContainText('recent threads');
  // Back and forward preserves the answers.
  await quickInput.back();
  await expect(quickInput.input).toHaveAttribute('placeholder', /earlier threads/);
  await quickInput.pickNamed('On');
  await expect(quickInput.message).toContainText('recent threads');
  await quickInput.expectTitle(/\(15\/16\)/);
  await enter('');
  await expect(quickInput.rows.first()).toContainText('Create Session');
  await expect(quickInput.rows.filter({ hasText: 'Uploads' })).toContainText(
    '{"enabled":true,"max_file_size":512,"max_files":3}',
  );
  // A part of the request returns to its question.
  await quickInput.pick('Uploads');
  await expect(quickInput.input).toHaveAttribute('placeholder', /upload/);
  await quickInput.pickNamed('On');
  await expect(quickInput.message).toContainText('megabytes');
  await page.keyboard.press('Enter');
  await expect(quickInput.message).toContainText('Maximum number of files');
  await enter('2');
  await expect(quickInput.input).toHaveAttribute('placeholder', /earlier threads/);
  await quickInput.pickNamed('On');
  await expect(quickInput.message).toContainText('recent threads');
  await page.keyboard.press('Enter');
  await expect(quickInput.rows.filter({ hasText: 'Uploads' })).toContainText('"max_files":2}');
  await quickInput.pick('Create Session');

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
}

async function meetFault(workbench: Workbench, sandbox: SandboxAccess): Promise<void> {
  const { quickInput, sessions, page } = workbench;
  await addFault(sandbox, { kind: 'drop_processed', path: '/v1/chatkit/sessions' });
  await workbench.runCommand('ChatKit: Create Session…');
  await typeBasics(workbench, 'fay', 'wf_1');
  await page.keyboard.press('Enter');
  const failure = await notification(page, 'may have been created');
  expect(await createdBodies(sandbox)).toHaveLength(1);
  await failure.getByRole('button', { name: /Try Again \(May Create a Second Session\)/ }).click();
  await quickInput.expectTitle(quickTitle(1));
  await expect(quickInput.input).toHaveValue('fay');
  await page.keyboard.press('Enter');
  await quickInput.expectTitle(quickTitle(2));
  await expect(quickInput.input).toHaveValue('wf_1');
  await page.keyboard.press('Enter');
  await quickInput.expectTitle(quickTitle(3));
  await expect(quickInput.rows.first()).toContainText('Create Now');
  await page.keyboard.press('Enter');
  await expect(sessions.row(/Session of fay/)).toBeVisible();
  expect(await createdBodies(sandbox)).toHaveLength(2);
}

async function reload(workbench: Workbench): Promise<void> {
  await workbench.reload();
  await workbench.openView();
  await expect(workbench.sessions.row(/Session of ada, cancelled/)).toBeVisible();
}

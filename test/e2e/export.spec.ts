import { threadsFileItem, threadsFileStart, threadsFileThread } from '../../src/export/common/format.ts';
import { webviewFrame } from '../support/workbench/webviewFrame.ts';
import { expect, test } from '../support/workbench/fixtures.ts';

const header = {
  version: 1,
  exportedAt: '2026-11-24T12:00:00.000Z',
  connection: { name: 'Acme', kind: 'openai', url: 'https://api.example/v1' },
} as const;
const threads = ['Lost parcel', 'Wrong invoice'].map((title, index) => ({
  id: `cthr_kept${index}`,
  object: 'chatkit.thread',
  created_at: 1_790_000_000 - index,
  title,
  status: { type: 'active' },
  user: 'ada',
}));
const lines = threads.flatMap((thread) => [
  threadsFileThread(thread),
  threadsFileItem(thread.id, {
    id: `cthi_${thread.id}`,
    object: 'chatkit.thread_item',
    created_at: 1_790_000_001,
    thread_id: thread.id,
    type: 'chatkit.user_message',
    content: [{ type: 'input_text', text: `What about the ${thread.title}?` }],
    attachments: [],
    inference_options: null,
  }),
]);

test.use({
  workbenchOptions: {
    restrictedMode: true,
    files: {
      'acme.chatkit.jsonl': threadsFileStart(header) + lines.join(''),
      'foreign.chatkit.json': '{ "another": "file" }',
    },
    // No server runs at this address, so a network request would fail.
    settings: { 'http.proxy': 'http://127.0.0.1:9', 'http.proxySupport': 'override' },
  },
});

test('an export opens in the inspector without trust, connection or network, and reopens after a reload', async ({
  workbench,
  page,
}) => {
  await workbench.quickInput.openFile('acme.chatkit.jsonl');
  const list = await webviewFrame(page, async (frame) => (await frame.getByRole('listbox').count()) > 0);
  await expect(list.getByRole('main', { name: 'acme.chatkit.jsonl' })).toContainText('2 threads');
  await list.getByRole('option', { name: /Wrong invoice/ }).click();

  const inspector = await workbench.inspector('Wrong invoice');
  await expect(inspector.getByText('What about the Wrong invoice?')).toBeVisible();
  await expect(inspector.locator('header')).toContainText('read-only');
  await inspector.getByRole('article').last().click();
  await page.keyboard.press('Control+f');
  await expect(inspector.getByRole('textbox', { name: 'Find in thread' })).toBeFocused();

  await workbench.reloadWith('cthr_kept1');
  const again = await workbench.inspector('Wrong invoice');
  await expect(again.getByText('What about the Wrong invoice?')).toBeVisible();
  await again.getByRole('button', { name: 'Show all 2 threads in the file' }).click();
  await expect(again.getByRole('option')).toHaveCount(2);
  await expect(again.getByRole('listbox')).toBeFocused();

  await workbench.quickInput.openFile('foreign.chatkit.json');
  const foreign = await workbench.inspector('foreign.chatkit.json');
  await expect(foreign.getByRole('alert')).toContainText('not a ChatKit Inspector export');
  await foreign.getByRole('button', { name: 'Reopen as Text' }).click();
  await expect(workbench.editorText).toContainText('"another": "file"');
});

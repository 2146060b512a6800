import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { SourceError } from '../../../src/chatkit/common/errors.ts';
import type { ConversationApi } from '../../../src/chatkit/common/stream/conversationApi.ts';
import { Draft, MessageOptionsMemory } from '../../../src/conversation/vscode/messageDraft.ts';
import { toConversationView } from '../../../src/conversation/vscode/conversation.ts';
import { MementoDouble } from '../../support/memento.ts';
import { startSandbox } from '../../../src/sandbox/node/sandbox.ts';
import { createServerSource } from '../../../src/chatkit/node/server/serverSource.ts';
import { rig } from '../chatkit/transport/client.ts';

const file = { name: 'label.png', mimeType: 'image/png', bytes: new Uint8Array([1, 2, 3]) };
const none = { model: null, toolChoice: null };
const view = (draft: Draft) =>
  toConversationView({
    response: null,
    unfinished: [],
    error: null,
    sendAgain: false,
    dismissed: false,
    draft,
    options: { model: '', tool: '' },
  }).draft;

describe('a draft', () => {
  for (const way of ['in two phases', 'directly'] as const) {
    test(`uploads its files ${way} and sends their ids`, async (t) => {
      const sandbox = await startSandbox({ seed: 7, pace: 0, threads: 1 });
      t.after(() => sandbox.close());
      const { transport } = rig(t);
      const { conversation } = createServerSource({
        connection: { id: 'c', name: 'Mine', kind: 'server', url: sandbox.serverUrl },
        transport,
        credentials: { headersFor: async () => ({ authorization: `Bearer ${sandbox.apiKey}` }) },
      });
      assert.ok(conversation);
      const draft = new Draft();
      const seen: string[] = [];
      draft.onDidChange(() => seen.push(...view(draft).files.map(({ state }) => state)));
      await draft.add(
        file.name,
        async () => file,
        conversation,
        way === 'directly' ? `${sandbox.serverUrl}/upload` : undefined,
      );
      assert.deepEqual(seen, ['uploading', 'uploading', 'ready']);
      const { input, sent } = draft.takeInput('See this', null, none);
      assert.equal(input.attachments.length, 1);
      assert.deepEqual(draft.files, []);
      // A message that did not arrive is restored with its files.
      draft.write('Something else', 'a quote');
      draft.restore(sent);
      assert.deepEqual([draft.text, draft.quote, draft.files.length], ['See this\nSomething else', 'a quote', 1]);
    });
  }

  test('shows the error at the file and does not send it', async () => {
    const draft = new Draft();
    const refusing = {
      upload: async () => {
        throw new SourceError('tooLarge', 'label.png is larger than 100 MB.');
      },
    } as Partial<ConversationApi> as ConversationApi;
    await draft.add(file.name, async () => file, refusing, undefined);
    assert.deepEqual(
      view(draft).files.map(({ state, message, size }) => [state, message, size]),
      [['failed', 'label.png is larger than 100 MB.', 3]],
    );
    assert.deepEqual(draft.takeInput('x', null, none).input.attachments, []);
    // The file remains visible and can be removed.
    assert.equal(draft.files.length, 1);
    assert.equal(draft.remove(draft.files[0]?.key ?? ''), null);
    assert.deepEqual(draft.files, []);
  });

  test('cancels the upload of a file that is removed', async () => {
    const draft = new Draft();
    const slow = {
      upload: (_file, signal) =>
        new Promise((_resolve, reject) => signal.addEventListener('abort', () => reject(signal.reason as Error))),
    } as Partial<ConversationApi> as ConversationApi;
    const added = draft.add(file.name, async () => file, slow, undefined);
    draft.remove(draft.files[0]?.key ?? '');
    await added;
    assert.deepEqual(draft.files, []);
  });
});

test('model and tool are saved per connection, and invalid values are ignored', async () => {
  const state = new MementoDouble();
  const memory = new MessageOptionsMemory(state);
  assert.deepEqual(memory.read('a'), { model: '', tool: '' });
  await memory.write('a', { model: 'gpt-5', tool: 'search' });
  await memory.write('b', { model: '', tool: 'x' });
  assert.deepEqual(new MessageOptionsMemory(state).read('a'), { model: 'gpt-5', tool: 'search' });
  await state.update('chatkit.talk.options', { a: { model: 7 } });
  assert.deepEqual(memory.read('a'), { model: '', tool: '' });
});

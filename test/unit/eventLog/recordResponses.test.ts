import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { EventLogs } from '../../../src/eventLog/common/responseRecorder.ts';
import { createThreadStore } from '../../../src/chatkit/common/store/threadStore.ts';
import type { ReceivedEvent } from '../../../src/chatkit/common/stream/events.ts';
import type { ConversationApi, StreamCommand } from '../../../src/chatkit/common/stream/conversationApi.ts';
import { SourceError } from '../../../src/chatkit/common/errors.ts';
import { recordResponses } from '../../../src/eventLog/vscode/recordResponses.ts';
import { NetworkLog } from '../../../src/connections/vscode/networkLog.ts';
import { liveLog } from '../../../src/eventLog/vscode/threadLog.ts';
import { emptySource } from '../../../src/eventLog/vscode/replayedResponse.ts';
import { ConversationService } from '../../../src/conversation/vscode/conversationService.ts';
import { answer, received } from './events.ts';

const input = { content: [], attachments: [], quotedText: null, model: null, toolChoice: null };
const create: StreamCommand = { type: 'createThread', input };

/** Runs a command whose answer is `stream` and returns the recorded response. */
async function recorded(command: StreamCommand, stream: () => AsyncGenerator<readonly ReceivedEvent[]>) {
  const conversation = { send: stream, supports: () => true } as unknown as ConversationApi;
  const source = { ...emptySource('thr_1'), conversation };
  const store = createThreadStore(source, { pageSize: () => 10 });
  const conversations = new ConversationService({
    source: () => source,
    store: () => store,
    onDidChange: () => ({ dispose() {} }),
  });
  const logs = new EventLogs();
  recordResponses(conversations, logs);
  const threadId = 'threadId' in command ? command.threadId : 'new:1';
  const log = liveLog(logs, { connectionId: 'c', threadId }, new NetworkLog());
  let changes = 0;
  log.onDidChange(() => (changes += 1));
  await conversations.sendCommand({ connectionId: 'c', threadId }, command).ended;
  const [record] = logs.all;
  assert.ok(record !== undefined && logs.all.length === 1);
  assert.ok(changes > 1, 'the page hears of it');
  return { run: record.response, logs, log };
}

describe('recording a conversation', () => {
  test('records every event and the created thread', async () => {
    const { run, logs } = await recorded(create, async function* () {
      yield answer.slice(0, 2);
      yield answer.slice(2);
    });
    assert.equal(run.command, 'threads.create');
    assert.equal(run.events.length, answer.length);
    assert.equal(run.end?.kind, 'closed');
    assert.deepEqual(logs.responses('c', 'thr_1'), [run]);
  });

  test('records the received events and the error of an interrupted stream', async () => {
    const { run } = await recorded({ type: 'addUserMessage', threadId: 'thr_1', input }, async function* () {
      yield answer.slice(0, 2);
      throw new SourceError('network', 'The stream was cut off.');
    });
    assert.deepEqual([run.command, run.events.length], ['threads.add_user_message', 2]);
    assert.deepEqual([run.end?.kind, run.end?.reason], ['failed', 'The stream was cut off.']);
  });

  test('records a rejected command', async () => {
    const { run, log } = await recorded(create, async function* () {
      yield* [];
      throw new SourceError('server', 'The server returned 500: Internal Server Error.');
    });
    assert.deepEqual([run.events.length, run.end?.kind, run.latencies.firstEvent], [0, 'failed', null]);
    assert.deepEqual(log.responses, [run], 'the log of the thread that was not created contains it');
  });

  test('records the message of an error event', async () => {
    const { run } = await recorded(create, async function* () {
      yield [received({ type: 'error', code: 'custom', message: 'No more tokens.' }, 5)];
    });
    assert.deepEqual([run.end?.kind, run.end?.reason], ['failed', 'No more tokens.']);
  });
});

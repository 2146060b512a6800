// Output of the command line for servers that deviate from the protocol.
import assert from 'node:assert/strict';
import { describe, test, type TestContext } from 'node:test';
import type { JsonObject } from '../../../src/base/common/json.ts';
import { deleteThreads, listItems, listThreads, showThread } from '../../../src/cli/node/commands/threads.ts';
import { sendMessage } from '../../../src/cli/node/commands/send.ts';
import { exitCodeOf, reportOf } from '../../../src/cli/node/errors.ts';
import { httpServer } from '../chatkit/transport/servers.ts';
import { capture } from './streams.ts';

interface Command {
  readonly type: string;
  readonly params: JsonObject;
  readonly metadata?: JsonObject;
}
type Answer = JsonObject | { readonly status: number; readonly json: JsonObject };

/** A server that answers each command with JSON. */
async function serve(t: TestContext, answer: (command: Command) => Answer): Promise<string> {
  const { url } = await httpServer(t, (response, request) => {
    const found = answer(JSON.parse(request.body) as Command);
    const { status, json } =
      'json' in found ? (found as { status: number; json: JsonObject }) : { status: 200, json: found };
    response.writeHead(status, { 'content-type': 'application/json' });
    response.end(JSON.stringify(json));
  });
  return url;
}

const created_at = '2026-01-02T03:04:05Z';
const thread = (id: string): JsonObject => ({
  ...{ id, title: id, created_at, status: { type: 'active' }, metadata: {} },
  items: { data: [], has_more: false },
});
const call = (id: string): JsonObject => ({
  ...{ id, thread_id: 't', created_at, type: 'client_tool_call', status: 'pending', call_id: id, name: 'look' },
  arguments: {},
});
const user = (id: string): JsonObject => ({
  ...{ id, thread_id: 't', created_at, type: 'user_message', content: [{ type: 'input_text', text: 'Hi' }] },
  ...{ attachments: [], inference_options: {} },
});
const marker: JsonObject = { id: 'e', thread_id: 't', created_at, type: 'end_of_turn' };

describe('the command line', () => {
  test('a deletion that a server confirms and does not make is an error', async (t) => {
    const url = await serve(t, ({ type }) => (type === 'threads.get_by_id' ? thread('a') : {}));
    const { context, stdout, stderr } = capture();
    assert.equal(await deleteThreads(['a', 'b'], { url, yes: true }, context), 6);
    assert.equal(stdout(), '');
    assert.match(stderr(), /^error: server: The server confirmed the deletion of a, but the thread still exists\. /);
  });

  test('deletions are verified until one was seen to work', async (t) => {
    const types: string[] = [];
    const url = await serve(t, ({ type }) => {
      types.push(type);
      return type === 'threads.get_by_id' ? { status: 500, json: { error: 'Thread not found' } } : {};
    });
    const { context, stdout } = capture();
    assert.equal(await deleteThreads(['a', 'b', 'c'], { url, yes: true }, context), 0);
    assert.equal(stdout(), 'Deleted a.\nDeleted b.\nDeleted c.\n');
    assert.deepEqual(types, ['threads.delete', 'threads.get_by_id', 'threads.delete', 'threads.delete']);
  });

  test('an empty list of a thread that does not exist is an error', async (t) => {
    const url = await serve(t, ({ type }) =>
      type === 'items.list' ? { data: [], has_more: false } : { status: 404, json: { error: 'Thread not found' } },
    );
    const error = await listItems('a', { url }, capture().context).then(
      () => assert.fail('it succeeded'),
      (thrown: unknown) => thrown,
    );
    assert.equal(exitCodeOf(error), 4);
  });

  test('names the rules that a server violates, and prints nothing for a correct one', async (t) => {
    let page: JsonObject = { data: [thread('a')], has_more: false };
    const url = await serve(t, ({ params }) =>
      params['after'] === undefined ? page : { data: [thread('b')], has_more: false },
    );
    const correct = capture();
    assert.equal(await listThreads({ url }, correct.context), 0);
    assert.equal(correct.stderr(), '');
    page = { data: [thread('a')], has_more: true };
    const wrong = capture();
    assert.equal(await listThreads({ url }, wrong.context), 0);
    assert.match(wrong.stderr(), /^Protocol problems .*\n {2}CK204 More elements without a cursor\n$/m);
    const json = capture({ json: true });
    assert.equal(await listThreads({ url }, json.context), 0);
    assert.equal(json.stderr(), '');
  });

  test('sends the metadata of the envelope with every command', async (t) => {
    const seen: unknown[] = [];
    const url = await serve(t, ({ type, metadata }) => {
      seen.push([type, metadata]);
      if (metadata?.['lesson_id'] !== 7) return { status: 404, json: { error: 'not_found' } };
      return type === 'threads.get_by_id' ? thread('a') : { data: [], has_more: false };
    });
    const flags = { url, metadata: '{"lesson_id": 7, "key": "env:TENANT"}' };
    const metadata = { lesson_id: 7, key: 'acme-1' };
    const env = { TENANT: 'acme-1' };
    assert.equal(await listThreads(flags, capture({ env }).context), 0);
    assert.equal(await showThread('a', flags, capture({ env }).context), 0);
    assert.equal(await listItems('a', flags, capture({ env }).context), 0);
    assert.equal(await sendMessage('Hi', flags, capture({ env }).context), 6);
    const commands = ['threads.list', 'threads.get_by_id', 'items.list', 'threads.get_by_id', 'threads.create'];
    assert.deepEqual(
      seen,
      commands.map((type) => [type, metadata]),
    );
    const error = await listThreads({ url }, capture().context).catch((thrown: unknown) => thrown);
    const { kind, message, nextStep } = reportOf(error);
    assert.deepEqual([exitCodeOf(error), kind, message], [4, 'notFound', 'The server returned 404: not_found.']);
    assert.match(nextStep, /--metadata/);
  });

  test('a tool call waits only while it is the last item, also across pages', async (t) => {
    const pages = new Map<unknown, JsonObject>([
      [undefined, { data: [user('u1'), call('c1'), user('u2'), call('c2'), marker], has_more: true, after: '2' }],
      ['2', { data: [user('u3'), call('c3')], has_more: true, after: '3' }],
      ['3', { data: [{ ...marker, id: 'e2' }], has_more: false }],
    ]);
    const url = await serve(t, ({ params }) => pages.get(params['after']) ?? {});
    const { context, stdout } = capture();
    assert.equal(await listItems('t', { url }, context), 0);
    const rows = stdout().trimEnd().split('\n');
    const summary = (id: string): string | undefined => rows.find((row) => row.includes(` ${id} `))?.split(' — ')[1];
    assert.deepEqual(['c1', 'c2', 'c3'].map(summary), ['never answered', 'never answered', 'waiting for output']);
    assert.equal(rows.length, 8);
  });

  test('an API that was shut down needs another server, not another address', async (t) => {
    for (const status of [404, 410]) {
      const url = await serve(t, () => ({ status, json: { error: { message: 'Hosted workflows were shut down.' } } }));
      const error = await listThreads({ url }, capture().context).catch((thrown: unknown) => thrown);
      assert.equal(reportOf(error).nextStep, 'use a self-hosted server');
    }
  });

  test('the code of an error in a stream is printed with its message', async (t) => {
    const { url } = await httpServer(t, (response) => {
      response.writeHead(200, { 'content-type': 'text/event-stream' });
      response.end('data: {"type":"error","error":{"code":429,"message":"Too many requests"}}\n\n');
    });
    const { context, stderr } = capture();
    assert.equal(await sendMessage('Hi', { url }, context), 6);
    assert.match(stderr(), /^error: server: The response ended with the error 429: Too many requests \(/m);
  });
});

import assert from 'node:assert/strict';
import { once } from 'node:events';
import { describe, test, type TestContext } from 'node:test';
import { inspect } from 'node:util';
import { isSourceError, type SourceError } from '../../../../src/chatkit/common/errors.ts';
import type { ReceivedEvent } from '../../../../src/chatkit/common/stream/events.ts';
import { StreamState } from '../../../../src/chatkit/common/stream/streamState.ts';
import type { StreamCommand, UserInput } from '../../../../src/chatkit/common/stream/conversationApi.ts';
import { createServerSource } from '../../../../src/chatkit/node/server/serverSource.ts';
import { rig, type RigOptions } from '../transport/client.ts';
import { httpServer, rawServer, sendJson, type Handler } from '../transport/servers.ts';

const { signal } = new AbortController();
const secret = 'tenant-canary-8899';
const thread = { id: 'thr_1', created_at: '2026-01-02T03:04:05', status: { type: 'active' }, metadata: {} };
const input: UserInput = {
  content: [{ type: 'text', text: 'hi' }],
  attachments: [],
  quotedText: null,
  model: null,
  toolChoice: null,
};
const say: StreamCommand = { type: 'addUserMessage', threadId: 'thr_1', input };

function conversationWith(t: TestContext, url: string, options: RigOptions = {}) {
  const tools = rig(t, options);
  let time = 100;
  const { conversation } = createServerSource({
    connection: { id: 'c', name: 'Mine', kind: 'server', url },
    transport: tools.transport,
    credentials: { headersFor: async () => ({ 'x-tenant-key': secret }) },
    now: () => (time += 10),
  });
  assert.ok(conversation !== undefined);
  return { conversation, ...tools };
}

const streaming =
  (...pieces: string[]): Handler =>
  (response) => {
    response.writeHead(200, { 'content-type': 'text/event-stream; charset=utf-8' });
    for (const piece of pieces) response.write(piece);
    response.end();
  };

/** Reads to the end; returns the events, and the error at the end. */
async function collect(
  events: AsyncIterable<readonly ReceivedEvent[]>,
): Promise<{ events: ReceivedEvent[]; error: SourceError | null }> {
  const seen: ReceivedEvent[] = [];
  try {
    for await (const together of events) seen.push(...together);
    return { events: seen, error: null };
  } catch (error) {
    if (isSourceError(error)) return { events: seen, error };
    throw error;
  }
}

describe('commands that are answered with a stream', () => {
  const wireInput = { content: [{ type: 'input_text', text: 'hi' }], attachments: [], inference_options: {} };
  const rows: [command: StreamCommand, body: object][] = [
    [
      { type: 'createThread', input },
      { type: 'threads.create', params: { input: wireInput } },
    ],
    [
      {
        type: 'addUserMessage',
        threadId: 't',
        input: {
          content: [
            { type: 'text', text: 'a' },
            { type: 'tag', id: 'o', text: 'Order', data: { n: 1 } },
          ],
          attachments: ['atc_1'],
          quotedText: 'q',
          model: 'm',
          toolChoice: 'tool',
        },
      },
      {
        type: 'threads.add_user_message',
        params: {
          thread_id: 't',
          input: {
            content: [
              { type: 'input_text', text: 'a' },
              { type: 'input_tag', id: 'o', text: 'Order', data: { n: 1 } },
            ],
            attachments: ['atc_1'],
            quoted_text: 'q',
            inference_options: { model: 'm', tool_choice: { id: 'tool' } },
          },
        },
      },
    ],
    [
      { type: 'addToolOutput', threadId: 't', result: { city: 'Oslo' } },
      { type: 'threads.add_client_tool_output', params: { thread_id: 't', result: { city: 'Oslo' } } },
    ],
    [
      {
        type: 'answerForm',
        threadId: 't',
        itemId: 'f',
        status: 'answered',
        answers: { p: { values: ['Low'], skipped: false } },
      },
      {
        type: 'threads.add_structured_input',
        params: {
          thread_id: 't',
          item_id: 'f',
          input: { status: 'answered', answers: { p: { values: ['Low'], skipped: false } } },
        },
      },
    ],
    [
      { type: 'retryAfter', threadId: 't', itemId: 'u' },
      { type: 'threads.retry_after_item', params: { thread_id: 't', item_id: 'u' } },
    ],
    [
      { type: 'customAction', action: { threadId: 't', itemId: null, type: 'pick', payload: null } },
      { type: 'threads.custom_action', params: { thread_id: 't', action: { type: 'pick', payload: null } } },
    ],
  ];
  for (const [command, body] of rows) {
    test(command.type, async (t) => {
      const server = await httpServer(t, streaming('data: {"type":"stream_options","stream_options":{}}\n\n'));
      const { conversation, records } = conversationWith(t, server.url, { maxRetries: 2 });
      const { events, error } = await collect(conversation.send(command, signal));
      assert.equal(error, null);
      assert.equal(events.length, 1);
      const [request] = server.requests;
      assert.deepEqual(JSON.parse(request?.body ?? ''), body);
      assert.equal(request?.headers.accept, 'text/event-stream');
      assert.equal(request?.headers['x-tenant-key'], secret);
      assert.ok(records[0]?.path.endsWith(`[${(body as { type: string }).type}]`));
    });
  }
});

describe('received events', () => {
  test('have their time, size and exact JSON', async (t) => {
    const first = { type: 'thread.created', thread, extra: [1] };
    const second = '{"type":"progress_update",  "text":"ü"}';
    const { url } = await httpServer(t, streaming(`data: ${JSON.stringify(first)}\n\ndata: ${second}\n\n`));
    const { conversation } = conversationWith(t, url);
    const { events } = await collect(conversation.send(say, signal));
    assert.deepEqual(
      events.map(({ at, bytes, event }) => [at, bytes, event.type]),
      [
        [10, JSON.stringify(first).length, 'threadCreated'],
        [10, second.length + 1, 'progress'],
      ],
    );
    assert.deepEqual(events[0]?.raw, first);
  });

  test('arrive before the next one is sent', async (t) => {
    let write: (text: string) => void = () => {};
    const { url } = await httpServer(t, (response) => {
      response.writeHead(200, { 'content-type': 'text/event-stream' }).flushHeaders();
      write = (text) => void response.write(`data: {"type":"progress_update","text":"${text}"}\n\n`);
      write('0');
    });
    const { conversation } = conversationWith(t, url);
    let seen = 0;
    for await (const [received] of conversation.send(say, signal)) {
      assert.deepEqual(received?.event, { type: 'progress', text: String(seen), icon: null });
      seen += 1;
      if (seen === 3) break;
      write(String(seen));
    }
    assert.equal(seen, 3);
  });

  test('items without a thread id belong to the current thread', async (t) => {
    const item = { id: 'm', type: 'assistant_message', content: [] };
    const { url } = await httpServer(t, streaming(`data: ${JSON.stringify({ type: 'thread.item.done', item })}\n\n`));
    const { events } = await collect(conversationWith(t, url).conversation.send(say, signal));
    assert.ok(events[0]?.event.type === 'itemDone' && events[0].event.item.threadId === 'thr_1');
  });

  test('include invalid JSON and unknown types', async (t) => {
    const { url } = await httpServer(
      t,
      streaming(
        'data: {oops\n\ndata: [DONE]\n\ndata: {"type":"new.event"}\n\ndata: {"type":"notice","level":"info","message":"m"}\n\n',
      ),
    );
    const { events, error } = await collect(conversationWith(t, url).conversation.send(say, signal));
    assert.equal(error, null);
    assert.deepEqual(
      events.map(({ raw, event }) => [raw, event.type === 'unknown' ? event.problem : event.type]),
      [
        ['{oops', 'not valid JSON'],
        [{ type: 'new.event' }, null],
        [{ type: 'notice', level: 'info', message: 'm' }, 'notice'],
      ],
    );
  });

  test('stopping closes the connection and keeps the received events', async (t) => {
    let closed: Promise<unknown> | undefined;
    const { url } = await httpServer(t, (response, { socket }) => {
      closed = once(socket, 'close');
      response.writeHead(200, { 'content-type': 'text/event-stream' });
      response.write('data: {"type":"progress_update","text":"x"}\n\n');
    });
    const state = new StreamState();
    for await (const together of conversationWith(t, url).conversation.send(say, signal)) {
      for (const { event } of together) state.apply(event);
      break;
    }
    await closed;
    assert.equal(state.progress?.text, 'x');
  });

  test('cancelling by the signal', async (t) => {
    const stop = new AbortController();
    const { url } = await httpServer(t, (response) => {
      response.writeHead(200, { 'content-type': 'text/event-stream' });
      response.write('data: {"type":"progress_update","text":"x"}\n\n', () => stop.abort());
    });
    const { error } = await collect(conversationWith(t, url).conversation.send(say, stop.signal));
    assert.equal(error?.kind, 'cancelled');
  });
});

describe('failed streams end in a defined state', () => {
  const good = 'data: {"type":"progress_update","text":"x"}\n\n';
  const rows: [name: string, send: Handler, events: number, kind: string | null, message: RegExp | null][] = [
    ['cut off between events', (response) => raw(response, good, 'destroy'), 1, 'network', /cut off/],
    [
      'cut off within an event',
      (response) => raw(response, `${good}data: {"type":"pro`, 'destroy'),
      1,
      'network',
      /cut off/,
    ],
    ['ended within an event', streaming(good, 'data: {"type":"pro'), 1, 'network', /cut off in the middle of an event/],
    ['ended without the last blank line', streaming(good, good.trimEnd()), 2, null, null],
    ['ended without any event', streaming(), 0, 'invalidResponse', /without any event/],
    ['only comments', streaming(': hello\n\n'), 0, 'invalidResponse', /without any event/],
    [
      '500 as text',
      (response) => response.writeHead(500).end('Internal Server Error'),
      0,
      'server',
      /^The server returned 500: Internal Server Error\.$/,
    ],
    [
      '500 that names the missing item',
      (response) => response.writeHead(500).end('Thread thr_1 not found'),
      0,
      'notFound',
      /not found/,
    ],
    [
      '401',
      (response) => sendJson(response, { detail: `Who is ${secret}?` }, 401),
      0,
      'unauthorized',
      /^The server returned 401: Who is •••\?\.$/,
    ],
    [
      'JSON that is neither an event nor an error',
      (response) => sendJson(response, { id: 'thr_1', echo: secret }),
      0,
      'invalidResponse',
      /returned application\/json where a stream of events was expected/,
    ],
    [
      'a web page',
      (response) => response.writeHead(200, { 'content-type': 'text/html' }).end('<html>Hi</html>'),
      0,
      'invalidResponse',
      /text\/html/,
    ],
    ['nothing, of no type', (response) => response.end(), 0, 'invalidResponse', /without any event/],
    [
      'a stream without its content type',
      (response) => response.writeHead(200, { 'content-type': 'text/plain' }).end(good),
      1,
      null,
      null,
    ],
    [
      'a stream with the content type of JSON',
      (response) => response.writeHead(200, { 'content-type': 'application/json' }).end(good),
      1,
      null,
      null,
    ],
    [
      'a redirect',
      (response) => response.writeHead(307, { location: 'https://x.example/' }).end(),
      0,
      'invalidResponse',
      /redirects/,
    ],
  ];
  for (const [name, send, count, kind, message] of rows) {
    test(name, async (t) => {
      const server = await httpServer(t, send);
      const { conversation, lines } = conversationWith(t, server.url, { maxRetries: 2 });
      const { events, error } = await collect(conversation.send(say, signal));
      assert.equal(events.length, count);
      assert.equal(error?.kind ?? null, kind, error?.message);
      if (message !== null) assert.match(error?.message ?? '', message);
      assert.equal(server.requests.length, 1, 'nothing is sent twice');
      assert.ok(!inspect([error, lines], { depth: 9 }).includes(secret));
    });
  }

  function raw(response: Parameters<Handler>[0], text: string, end: 'destroy'): void {
    response.writeHead(200, { 'content-type': 'text/event-stream' });
    response.write(text, () => setImmediate(() => response[end]()));
  }

  test('a huge error page is read only up to the quoted length', async (t) => {
    const { url } = await rawServer(t, (socket) => {
      socket.once('data', () => {
        socket.write('HTTP/1.1 500 No\r\ncontent-type: text/plain\r\n\r\n');
        const more = () => {
          while (!socket.destroyed && socket.write('x'.repeat(10_000)));
        };
        socket.on('drain', more);
        more();
      });
    });
    const { conversation, records } = conversationWith(t, url);
    const { error } = await collect(conversation.send(say, signal));
    assert.equal(error?.kind, 'server');
    assert.ok((error?.details.excerpt?.length ?? 0) <= 4_000);
    assert.ok((records[0]?.bytes ?? 0) < 1_000_000);
  });

  test('a synchronous action may take longer than other commands', async (t) => {
    const held: Parameters<Handler>[0][] = [];
    let isHeld = (): void => undefined;
    const arrived = new Promise<void>((resolve) => (isHeld = resolve));
    const { url } = await httpServer(t, (response) => {
      held.push(response);
      isHeld();
    });
    const { conversation } = conversationWith(t, url, { timeoutMs: 100 });
    const action = conversation.syncAction({ threadId: 't', itemId: 'i', type: 'buy', payload: {} }, signal);
    await arrived;
    // Sent after the action and given up: with the same limit, the action would be given up too.
    await assert.rejects(conversation.sendFeedback('t', ['i'], 'positive', signal), (error) =>
      isSourceError(error, 'timeout'),
    );
    const [response] = held;
    assert.ok(response !== undefined);
    sendJson(response, { updated_item: null });
    assert.equal(await action, null);
  });

  test('an unsupported command is named as such, and can be sent again', async (t) => {
    const server = await httpServer(t, (response) =>
      response.writeHead(400).end('Unknown request type: threads.retry_after_item'),
    );
    const { conversation } = conversationWith(t, server.url);
    const command: StreamCommand = { type: 'retryAfter', threadId: 't', itemId: 'u' };
    for (const count of [1, 2]) {
      assert.equal((await collect(conversation.send(command, signal))).error?.details.code, 'unknown_command');
      assert.equal(server.requests.length, count);
    }
  });
});

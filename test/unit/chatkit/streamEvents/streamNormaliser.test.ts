import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import type { RuleName } from '../../../../src/chatkit/common/protocolProblems/catalogue/ruleIds.ts';
import { added, correct, created, delta, done, echo, readStream, sse, allowCancel } from './streamBench.ts';

const before = [created(), echo(), allowCancel()];

test('a correct stream passes unchanged and without a problem', () => {
  const { events, rules } = readStream(sse(correct()));
  assert.deepEqual(events, correct());
  assert.deepEqual(rules, []);
});

test('an event without null fields, and the error of the reference, are correct', () => {
  const { rules } = readStream(sse([...correct(), { type: 'error', code: 'stream.error', allow_retry: true }]));
  assert.deepEqual(rules, []);
});

describe('dialects that carry the same events', () => {
  const events = correct();
  const text = events.map((event) => JSON.stringify(event));
  const named = (event: (typeof events)[number]): string => {
    const { type, ...rest } = event;
    return `event: ${String(type)}\ndata: ${JSON.stringify(rest)}\n\n`;
  };
  const forms: readonly [name: string, stream: string, ...rules: RuleName[]][] = [
    ['keep-alive comments', `: ping\n\n${sse(events)}: ping\n\n`],
    ['CRLF', sse(events).replaceAll('\n', '\r\n')],
    ['event lines', text.map((one) => `event: message\ndata: ${one}\n\n`).join(''), 'eventField'],
    ['the type only in the event line', events.map(named).join(''), 'typeInEventField'],
    ['ids', text.map((one, index) => `id: ${index}\ndata: ${one}\n\n`).join(''), 'idField'],
    ['[DONE]', `${sse(events)}data: [DONE]\n\n`, 'doneMarker'],
    ['[DONE] as JSON', `${sse(events)}data: "[DONE]"\n\n`, 'doneMarker'],
    ['pings as data', `data: ping\n\n${sse(events)}data: {"type":"ping"}\n\n`, 'pingData'],
    [
      'pretty JSON',
      events.map((event) => `${JSON.stringify(event, null, 1).replace(/^/gm, 'data: ')}\n\n`).join(''),
      'multilineData',
    ],
    ['NDJSON', `${text.join('\n')}\n`, 'ndjson'],
    ['encoded twice', sse(text), 'doubleEncodedEvent'],
    ['lists of events', sse([events]), 'arrayOfEvents'],
    ['wrapped', sse(events.map(({ type, ...rest }) => ({ event: type, data: rest }))), 'wrappedEvent'],
    ['without the last line break', sse(events).trimEnd(), 'unterminatedEvent'],
    [
      'top-level deltas',
      sse([
        ...before,
        added('msg_a'),
        { type: 'assistant_message.content_part.text_delta', item_id: 'msg_a', content_index: 0, delta: 'Hello' },
        done('msg_a'),
      ]),
      'topLevelUpdate',
    ],
    [
      'top-level deltas without an id',
      sse([
        ...before,
        added('msg_a'),
        { type: 'assistant_message.content_part.text_delta', content_index: 0, delta: 'Hello' },
        done('msg_a'),
      ]),
      'topLevelUpdate',
    ],
    [
      'deltas without an index',
      sse([
        ...before,
        added('msg_a'),
        { ...delta('msg_a', ''), update: { type: 'assistant_message.content_part.text_delta', delta: 'Hello' } },
        done('msg_a'),
      ]),
      'invalidUpdate',
    ],
  ];
  for (const [name, stream, ...rules] of forms) {
    test(name, () => {
      const read = readStream(stream);
      const sort = (value: unknown): unknown =>
        JSON.parse(JSON.stringify(value), (_key, inner: unknown) =>
          typeof inner === 'object' && inner !== null && !Array.isArray(inner)
            ? Object.fromEntries(Object.entries(inner).sort())
            : inner,
        );
      assert.deepEqual(sort(read.events), sort(events));
      assert.deepEqual(read.rules, rules);
    });
  }
});

describe('errors of any shape', () => {
  const cases: readonly [event: object, code: string, message: string | undefined, ...rules: RuleName[]][] = [
    [{ type: 'error', code: 'custom', message: 'Sorry', allow_retry: true }, 'custom', 'Sorry'],
    [
      { type: 'thread.error', error: { message: 'Model is overloaded', code: 'overloaded' } },
      'overloaded',
      'Model is overloaded',
      'foreignErrorEvent',
    ],
    [
      {
        type: 'response.failed',
        response: { id: 'r', status: 'failed', error: { code: 'rate_limit_exceeded', message: 'Rate limit reached' } },
      },
      'rate_limit_exceeded',
      'Rate limit reached',
      'foreignErrorEvent',
    ],
    [
      { type: 'thread.item.failed', item_id: 'msg_x', error: 'Tool lookup timed out' },
      'custom',
      'Tool lookup timed out',
      'foreignErrorEvent',
    ],
    [
      { type: 'error', error: { message: 'No such model', code: 'model_not_found' } },
      'model_not_found',
      'No such model',
      'errorWithoutRetry',
      'nestedError',
    ],
    [{ type: 'error', error: 'boom' }, 'custom', 'boom', 'errorWithoutRetry', 'nestedError'],
    [
      { type: 'error', code: 429, message: 'Too many requests' },
      '429',
      'Too many requests',
      'errorWithoutRetry',
      'numericErrorCode',
    ],
    [{ type: 'error', message: { text: 'inner' } }, 'custom', 'inner', 'errorWithoutRetry', 'nestedError'],
    [{ error: { message: 'm' } }, 'custom', 'm', 'untypedError'],
    [{ detail: 'Not allowed' }, 'custom', 'Not allowed', 'untypedError'],
    [{ type: 'error', code: 'custom', allow_retry: false }, 'custom', undefined, 'errorWithoutMessage'],
    [{ type: 'error', code: 'x', error: null, allow_retry: true }, 'x', undefined],
  ];
  for (const [event, code, message, ...rules] of cases) {
    test(JSON.stringify(event), () => {
      const read = readStream(sse([...before, event]));
      const last = read.events.at(-1) as { type: string; code: string; message?: string };
      assert.deepEqual([last.type, last.code, last.message], ['error', code, message]);
      assert.deepEqual(read.rules, rules);
    });
  }

  test('text in an event named error', () => {
    const read = readStream(`${sse(before)}event: error\ndata: out of memory\n\n`);
    assert.deepEqual(read.rules, ['errorWithoutRetry', 'invalidJsonEvent']);
    assert.equal((read.events.at(-1) as { message: string }).message, 'out of memory');
  });

  test('a failed tool call of a response is no failure of the response', () => {
    assert.deepEqual(readStream(sse([...correct(), { type: 'response.mcp_call.failed', item_id: 'x' }])).rules, [
      'unknownEvent',
    ]);
  });
});

describe('events that are not of the protocol', () => {
  const cases: readonly [name: string, stream: string, kinds: readonly string[], ...rules: RuleName[]][] = [
    ['usage', sse([{ type: 'assistant_message.usage', usage: {} }]), ['event'], 'unknownEvent'],
    ['no type', sse([{ id: 'chatcmpl-1', choices: [] }]), ['noEvent'], 'eventWithoutType'],
    ['a number', sse([7]), ['noEvent'], 'eventWithoutType'],
    ['a Python repr', "data: {'type': 'x'}\n\n", ['notJson'], 'invalidJsonEvent'],
    ['cut off', 'data: {"type":', ['cutOff'], 'unterminatedEvent'],
    [
      'JSON with line breaks and one data field',
      'data: {\n"type": "x"\n}\n\n',
      ['event'],
      'lineWithoutField',
      'unknownEvent',
    ],
    ['a missing field', sse([{ type: 'progress_update' }]), ['event'], 'invalidEvent'],
    ['an update without content', sse([{ type: 'thread.item.updated', item_id: 'msg_a' }]), ['event'], 'invalidEvent'],
    [
      'an unknown update',
      sse([{ type: 'thread.item.updated', item_id: 'msg_a', update: { type: 'poll.voted' } }]),
      ['event'],
      'unknownUpdate',
    ],
    [
      'a top-level update that fits no open item',
      sse([{ type: 'widget.root.updated', widget: {} }]),
      ['event'],
      'invalidUpdate',
      'topLevelUpdate',
    ],
    ['numeric ids', sse([{ type: 'thread.item.removed', item_id: 7 }]), ['event'], 'numericId'],
  ];
  for (const [name, stream, kinds, ...rules] of cases) {
    test(name, () => {
      const read = readStream(stream, { command: 'threads.custom_action', threadId: 'thr_1', end: 'stopped' });
      assert.deepEqual(
        read.outcomes.map(({ kind }) => kind),
        kinds,
      );
      assert.deepEqual(read.rules, rules);
    });
  }

  test('an item that is done with an id alone is finished', () => {
    for (const event of [
      { item_id: 'msg_a' },
      { id: 'msg_a' },
      { item: 'msg_a' },
      { item: { id: 'msg_a', thread_id: 'thr_1' } },
    ]) {
      const read = readStream(sse([...before, added('msg_a'), { type: 'thread.item.done', ...event }]));
      assert.deepEqual(read.outcomes.at(-1), {
        kind: 'finishItem',
        number: 5,
        itemId: 'msg_a',
        raw: { type: 'thread.item.done', ...event },
      });
      assert.deepEqual(read.rules, ['doneWithoutItem']);
    }
  });

  test('numeric ids are read as text everywhere', () => {
    const read = readStream(
      sse([{ type: 'thread.item.added', item: { id: 7, thread_id: 1, type: 'assistant_message' } }]),
      { end: 'stopped' },
    );
    assert.deepEqual(read.events, [
      { type: 'thread.item.added', item: { id: '7', thread_id: '1', type: 'assistant_message' } },
    ]);
    assert.deepEqual(read.rules, ['numericId']);
  });
});

test('never throws, and numbers the events in order', () => {
  const value = fc.oneof(
    fc.jsonValue(),
    fc.constantFrom<unknown>(...correct()),
    fc.record({
      type: fc.constantFrom('error', 'thread.item.done', 'thread.item.updated'),
      item: fc.jsonValue(),
      update: fc.jsonValue(),
    }),
  );
  const part = fc.oneof(
    value.map((one) => `data: ${JSON.stringify(one)}\n\n`),
    fc.string().map((text) => `data: ${text}\n\n`),
    fc.string(),
  );
  fc.assert(
    fc.property(fc.array(part), (parts) => {
      const numbers = readStream(parts.join('')).outcomes.flatMap((outcome) =>
        'number' in outcome ? [outcome.number] : [],
      );
      assert.deepEqual(
        numbers,
        numbers.map((_, index) => index + 1),
      );
    }),
  );
});

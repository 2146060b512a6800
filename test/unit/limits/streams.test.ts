import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { filterEvents } from '../../../src/eventLog/common/foldDeltas.ts';
import { eventLogLines, readEventLog } from '../../../src/eventLog/common/readEventLog.ts';
import { ResponseRecorder } from '../../../src/eventLog/common/responseRecorder.ts';
import type { Json } from '../../../src/base/common/json.ts';
import { LoadedItems } from '../../../src/chatkit/common/store/loadedItems.ts';
import { StreamState } from '../../../src/chatkit/common/stream/streamState.ts';
import type { ReceivedEvent, StreamEvent } from '../../../src/chatkit/common/stream/events.ts';
import { toStreamEvent } from '../../../src/chatkit/common/wire/server/event.ts';
import { assertLinear } from '../../support/doubling.ts';

const item = (number: number, text = ''): Json => ({
  type: 'assistant_message',
  id: `item_${number}`,
  thread_id: 'thr_1',
  created_at: '2026-01-01T00:00:00Z',
  content: [{ type: 'output_text', text, annotations: [] }],
});
const numbers = (n: number) => Array.from({ length: n }, (_, number) => number);

/** Events by what they bring very many of. */
const streams: Readonly<Record<string, (n: number) => readonly Json[]>> = {
  'items that are added and never done': (n) =>
    numbers(n).map((number) => ({ type: 'thread.item.added', item: item(number) })),
  'items that are added, then done': (n) => [
    ...numbers(n).map((number) => ({ type: 'thread.item.added', item: item(number) })),
    ...numbers(n).map((number) => ({ type: 'thread.item.done', item: item(number, 'x') })),
  ],
  'items that are removed from the front': (n) => [
    ...numbers(n).map((number) => ({ type: 'thread.item.done', item: item(number) })),
    ...numbers(n).map((number) => ({ type: 'thread.item.removed', item_id: `item_${number}` })),
  ],
  notices: (n) => numbers(n).map((number) => ({ type: 'notice', level: 'info', message: String(number) })),
  effects: (n) => numbers(n).map((number) => ({ type: 'client_effect', name: String(number), data: {} })),
  'text of one item': (n) => [
    { type: 'thread.item.added', item: item(0) },
    ...numbers(n).map(() => ({
      type: 'thread.item.updated',
      item_id: 'item_0',
      update: { type: 'assistant_message.content_part.text_delta', content_index: 0, delta: 'x' },
    })),
  ],
};

const received = (all: readonly Json[]): readonly ReceivedEvent[] =>
  all.map((raw, at) => ({ at, bytes: 10, raw, event: toStreamEvent(raw, 'thr_1') }));

describe('a stream takes linear time', () => {
  for (const [name, events] of Object.entries(streams)) {
    const make = (n: number): readonly StreamEvent[] => received(events(n)).map(({ event }) => event);

    test(`its state: ${name}`, () => {
      assertLinear(name, 4_000, make, (all) => {
        const state = new StreamState();
        for (const event of all) state.apply(event);
      });
    });

    test(`its log: ${name}`, () => {
      const record = (all: readonly ReceivedEvent[]) => {
        const run = new ResponseRecorder('1', { command: 'x', threadId: 'thr_1', startedAt: 0 });
        for (const one of all) run.add([one]);
        return run;
      };
      assertLinear(
        name,
        1_000,
        (n) => received(events(n)),
        (all) => void record(all),
      );
      assertLinear(
        name,
        1_000,
        (n) => [
          ...eventLogLines(record(received(events(n))), { connection: null, savedAt: 0, redact: (text) => text }),
        ],
        (lines) => {
          const { response: run } = readEventLog(lines.join(''));
          assert.equal(run.events.length, lines.length - 1);
          filterEvents(run.events, { text: 'item', itemId: null });
        },
      );
    });
  }

  test('its items in the store', () => {
    const make = (n: number) =>
      received(streams['items that are added, then done']?.(n) ?? []).flatMap(({ event }) =>
        event.type === 'itemAdded' || event.type === 'itemDone' ? event.item : [],
      );
    assertLinear('store', 4_000, make, (items) => {
      const loaded = new LoadedItems();
      loaded.markComplete(0);
      for (const one of items) loaded.put(one);
    });
  });
});

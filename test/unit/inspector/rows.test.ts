import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { parseJsonText } from '../../../src/base/common/parseJson.ts';
import type { ItemKind, ThreadItem } from '../../../src/chatkit/common/model/item.ts';
import type { ResponseView } from '../../../src/eventLog/common/protocol.ts';
import type { Bounds } from '../../../src/inspector/common/protocol.ts';
import { type InspectorItem, toInspectorItem } from '../../../src/inspector/common/inspectorItem.ts';
import { markerOf, responseTimes, rowFacts } from '../../../src/inspector/webview/rowFacts.ts';
import { fromLayout, isComplete, visibleIndices, waitingFor } from '../../../src/inspector/webview/state/transcript.ts';

const bounds: Bounds = { reachesStart: true, reachesEnd: true, asOf: 1, stopped: null, duplicateIds: [] };

function item(id: string, kind: 'u' | 'a' | 't' | 'o' | 'f', seconds: number | null): InspectorItem {
  const base = { id, threadId: 't', createdAt: seconds === null ? null : seconds * 1000, raw: {} };
  const absent = parseJsonText(null);
  const bodies: Record<typeof kind, ThreadItem> = {
    u: { ...base, kind: 'user_message', content: [], attachments: [], inference: null },
    a: { ...base, kind: 'assistant_message', parts: [] },
    t: {
      ...base,
      kind: 'client_tool_call',
      status: 'completed',
      wireStatus: '',
      callId: null,
      name: 'done',
      arguments: absent,
      output: absent,
    },
    o: {
      ...base,
      kind: 'client_tool_call',
      status: 'open',
      wireStatus: '',
      callId: null,
      name: 'open',
      arguments: absent,
      output: absent,
    },
    f: { ...base, kind: 'structured_input', status: 'pending', inputs: [] },
  };
  return toInspectorItem(bodies[kind]);
}

/** `u0 a5 | u90`: windows of items, each with a kind and a time in seconds; ids start with `i0`. */
function transcriptOf(text: string, part: Partial<Bounds> = {}) {
  let count = 0;
  const runs = text.split('|').map((run) =>
    run
      .trim()
      .split(' ')
      .filter(Boolean)
      .map((word) => item(`i${count++}`, word[0] as 'u', word.slice(1) === '?' ? null : Number(word.slice(1)))),
  );
  return fromLayout({ ...bounds, ...part, windows: runs.map((run) => run.map(({ id }) => id)) }, runs.flat());
}

const hidden = (...kinds: ItemKind[]) => new Set(kinds);

describe('rowFacts', () => {
  const facts = (
    text: string,
    position: number,
    kinds = hidden(),
    part: Partial<Bounds> = {},
    responses: readonly ResponseView[] = [],
    responding = false,
  ) => {
    const transcript = transcriptOf(text, part);
    const times = responseTimes(responses);
    return rowFacts(transcript, visibleIndices(transcript.items, kinds), position, times, responding);
  };

  test('the first row of a turn and of a window shows the time of day, other rows show their offset', () => {
    const clocks = [0, 1, 2, 3, 4].map((position) => facts('u0 a5 u9 | a20 a21', position)?.showsClock);
    assert.deepEqual(clocks, [true, false, true, true, false]);
    assert.equal(facts('u0 a5', 1)?.offsetMs, 5000);
    assert.equal(facts('u0 | a5', 1)?.offsetMs, null, 'what lies between is not known');
    assert.equal(facts('u0 a?', 1)?.offsetMs, null);
  });

  test('an offset is relative to the previous item, even if that is filtered out', () => {
    assert.equal(facts('u0 t3 a5', 1, hidden('client_tool_call'))?.offsetMs, 2000);
  });

  test('a gap is shown before the first row after it, even if that is not the first item', () => {
    assert.deepEqual(
      [0, 1, 2].map((position) => facts('u0 a1 | a9 u10', position)?.gapBefore),
      [null, null, 0],
    );
    assert.equal(facts('u0 | t9 a10', 1, hidden('client_tool_call'))?.gapBefore, 0);
    assert.equal(facts('u0 | u9', 0, hidden('assistant_message'))?.gapBefore, null);
    assert.equal(facts('u0 | a5 | u9', 1, hidden('assistant_message'))?.gapBefore, 1);
  });

  test('a turn ends with its last row, even if its last item is filtered out', () => {
    assert.equal(facts('u0 a5 t6 u9', 1)?.turnEnds, null);
    assert.deepEqual(facts('u0 a5 t6 u9', 1, hidden('client_tool_call'))?.turnEnds?.durationMs, 6000);
    assert.equal(facts('u0 a5 t6 u9', 2)?.turnEnds?.number, 1);
  });

  test('a turn that was streamed completely has the time of its streams', () => {
    const response = (id: string, ms: number, itemIds: readonly string[], kind: 'closed' | 'failed' = 'closed') =>
      ({ id, itemIds, latencies: { firstEvent: 1, firstText: 2, end: ms }, end: { kind } }) as unknown as ResponseView;
    const streamed = (...responses: ResponseView[]) => facts('u0 t5 a9 u20', 2, hidden(), {}, responses)?.streamedMs;
    assert.equal(streamed(response('1', 4000, ['i0', 'i1']), response('2', 1500, ['i2'])), 5500, 'without the wait');
    assert.equal(streamed(response('1', 4000, ['i1', 'i2'])), 4000, 'the user message is not streamed');
    assert.equal(streamed(response('1', 4000, ['i0', 'i1'])), null, 'a part was not received');
    assert.equal(streamed(response('1', 4000, ['i0', 'i1', 'i2'], 'failed')), null, 'not received completely');
    assert.equal(facts('u0 t5 a9 u20', 3, hidden(), {}, [response('1', 4000, ['i2'])])?.streamedMs, null);
    assert.equal(facts('u0 t5 a9 u20', 1, hidden(), {}, [response('1', 4000, ['i1'])])?.streamedMs, null, 'no end');
  });

  test('a turn whose response was stopped or failed has the time until its end, unless its items are newer', () => {
    const ended = (kind: 'stopped' | 'failed', ms: number) =>
      ({
        id: '1',
        itemIds: ['i0', 'i1'],
        latencies: { firstEvent: 1, firstText: 2, end: ms },
        end: { kind },
      }) as unknown;
    const streamed = (kind: 'stopped' | 'failed', ms: number) =>
      facts('u0 a1', 1, hidden(), {}, [ended(kind, ms) as ResponseView])?.streamedMs;
    assert.equal(streamed('stopped', 8700), 8700);
    assert.equal(streamed('failed', 2300), 2300);
    assert.equal(streamed('failed', 400), null, 'the server went on after the connection broke');
  });

  test('the time of the last turn is not known while a response adds to it', () => {
    const runs = (position: number, responding: boolean) =>
      facts('u0 a1 u9 a10', position, hidden(), {}, [], responding)?.turnRuns;
    assert.deepEqual([runs(1, true), runs(2, true), runs(3, true), runs(3, false)], [false, false, true, false]);
  });

  test('equal times are marked, missing times are not', () => {
    assert.equal(facts('u5 a5', 1)?.sameTime, true);
    assert.equal(facts('u5 a6', 1)?.sameTime, false);
    assert.equal(facts('u? a?', 1)?.sameTime, false);
  });

  test('every item with a repeated id is marked', () => {
    const items = [item('x', 'u', 0), item('x#7000', 'a', 7), item('y#1', 'a', 8)];
    const transcript = fromLayout({ ...bounds, duplicateIds: ['x'], windows: [items.map(({ id }) => id)] }, items);
    const all = visibleIndices(transcript.items, hidden());
    assert.deepEqual(
      [0, 1, 2].map((position) => rowFacts(transcript, all, position, responseTimes([]), false)?.duplicate),
      [true, true, false],
    );
  });

  test('there is no row after the last item', () => assert.equal(facts('u0', 1), null));
});

test('a transcript is complete if it has both ends and no gap', () => {
  assert.equal(isComplete(transcriptOf('u0 a1')), true);
  assert.equal(isComplete(transcriptOf('u0 | a1')), false);
  assert.equal(isComplete(transcriptOf('u0 a1', { reachesStart: false })), false);
  assert.equal(isComplete(transcriptOf('u0 a1', { reachesEnd: false })), false);
});

describe('the pending parts of a thread', () => {
  for (const [what, text, part, waits] of [
    ['nothing', 'u0 a5', {}, []],
    ['the answer to the last message', 'u0 a5 u9', {}, [['i2', 9000, 'answer']]],
    ['nothing, if the end is not loaded', 'u0 a5 u9', { reachesEnd: false }, []],
    ['an open tool call at the end', 'u0 o1', {}, [['i1', 1000, 'tool open']]],
    ['no tool call that can no longer be answered', 'u0 o1 u8 a9', {}, []],
    ['a pending form', 'u0 f1', {}, [['i1', 1000, 'form']]],
    [
      'the three newest of many, newest first',
      'f0 f1 f2 o3',
      {},
      [
        ['i3', 3000, 'tool open'],
        ['i2', 2000, 'form'],
        ['i1', 1000, 'form'],
      ],
    ],
    ['nothing in an empty thread', '', {}, []],
  ] as const) {
    test(what, () => {
      const found = waitingFor(transcriptOf(text, part)).map(({ itemId, since, for: need }) => {
        const what = need.type === 'tool' ? `tool ${need.name}` : need.type;
        return [itemId, since, what];
      });
      assert.deepEqual(found, waits);
    });
  }
});

describe('marks of the map', () => {
  const json = (text: string) => parseJsonText(text);
  const base = { id: 'i', threadId: 't', createdAt: 1, raw: {} };
  for (const [what, thing, mark] of [
    ['a user message', item('i', 'u', 0), 'user'],
    ['an answer', item('i', 'a', 0), null],
    ['a tool call', item('i', 't', 0), null],
    ['an open tool call', item('i', 'o', 0), 'open'],
    ['a widget', toInspectorItem({ ...base, kind: 'widget', widget: json('{}'), copyText: null }), null],
    ['a broken widget', toInspectorItem({ ...base, kind: 'widget', widget: json('{'), copyText: null }), 'error'],
    ['an unknown item', toInspectorItem({ ...base, kind: 'unknown', wireType: 'x', problem: null }), null],
    ['an unreadable item', toInspectorItem({ ...base, kind: 'unknown', wireType: 'x', problem: 'y' }), 'error'],
    ['open questions', toInspectorItem({ ...base, kind: 'structured_input', status: 'pending', inputs: [] }), 'open'],
  ] as const) {
    test(`${what}: ${mark}`, () => assert.equal(markerOf(thing), mark));
  }
});

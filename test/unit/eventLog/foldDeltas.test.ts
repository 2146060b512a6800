import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { foldDeltas } from '../../../src/eventLog/common/foldDeltas.ts';
import { toRecordedEvent } from '../../../src/eventLog/common/recordedResponse.ts';
import { assistant, delta, received } from './events.ts';

const events = [
  { type: 'thread.item.added', item: assistant('a', '') },
  delta('a', 'It '),
  delta('a', 'is '),
  delta('a', 'here.'),
  delta('b', 'Other'),
  { type: 'thread.item.done', item: assistant('a', 'It is here.') },
].map((raw, index) => toRecordedEvent(received(raw, index * 10)));
const all = events.map((_event, index) => index);
const none: ReadonlySet<number> = new Set();
const shapeOf = (shown: readonly number[], expanded = none, of = events) =>
  foldDeltas(of, shown, expanded).map((row) => (row.type === 'fold' ? `${row.first}-${row.last}` : row.index));

describe('text deltas in the event list', () => {
  test('are one row with their number, size, duration and text', () => {
    assert.deepEqual(shapeOf(all), [0, '1-3', 4, 5]);
    const fold = foldDeltas(events, all, none)[1];
    assert.ok(fold?.type === 'fold');
    const bytes = events.slice(1, 4).reduce((sum, event) => sum + event.bytes, 0);
    assert.deepEqual([fold.count, fold.bytes, fold.durationMs, fold.itemId], [3, bytes, 20, 'a']);
    assert.match(fold.text, /It ?is ?here\./);
  });

  test('are rows too when they are expanded', () => {
    assert.deepEqual(shapeOf(all, new Set([1])), [0, '1-3', 1, 2, 3, 4, 5]);
  });

  test('are not folded over events that the filter hides', () => {
    assert.deepEqual(shapeOf([1, 3]), [1, 3]);
  });

  test('with a problem stay visible', () => {
    const broken = events.map((event, index) => (index === 2 ? { ...event, rules: ['CK509' as const] } : event));
    assert.deepEqual(shapeOf(all, none, broken), [0, 1, 2, 3, 4, 5]);
  });
});

// What is shown of servers that differ from the protocol: nothing wrong, no success that is none, and the rule by name.
import assert from 'node:assert/strict';
import { before, describe, test } from 'node:test';
import fc from 'fast-check';
import { groupBy } from '../../../../src/base/common/lists.ts';
import { ofFraming } from './framing.ts';
import { ofItems } from './items.ts';
import { ofLists } from './lists.ts';
import { read, type Deviation, type Part, type Seen } from './server.ts';
import { ofStreams } from './streams.ts';

const deviations = [...ofLists, ...ofItems, ...ofStreams, ...ofFraming];

let truth: Seen;

/** Concepts that are about the items of the thread. */
const aboutItems: ReadonlySet<string> = new Set(['paging', 'ids', 'times', 'items', 'tools', 'widgets']);

/** Whether a client can notice a deviation beside the others: not where no page of items can be read. */
function isVisible({ concept }: Deviation, applied: readonly Deviation[]): boolean {
  return !aboutItems.has(concept) || !applied.some((other) => other.concept === 'envelope' && other.loses === 'items');
}

/** Fails where what is shown is wrong, or is shown as complete although it is not. */
function assertHonest(applied: readonly Deviation[], seen: Seen): void {
  const losing = (part: Part): readonly Deviation[] => applied.filter(({ loses }) => loses === part);
  const hides = (field: 'id' | 'time'): boolean => applied.some(({ changes }) => changes?.includes(field) === true);
  const comparable = (elements: Seen['items']['elements']) =>
    elements
      // Items that no client shows, and additional ones of the deviation.
      .filter(({ kind, id }) => kind !== 'unknown' && !/^t\d$/.test(id))
      .map(({ kind, id, time, text }) => [kind, hides('id') ? '' : id, hides('time') ? 0 : time, text]);
  const lists = ['threads', 'items'] as const;
  for (const name of lists) {
    if (losing(name).length > 0) {
      assert.equal(seen[name].isComplete && seen[name].error === null, false, `${name} are not complete`);
      continue;
    }
    assert.deepEqual(comparable(seen[name].elements), comparable(truth[name].elements), name);
    assert.equal(seen[name].isComplete, true, `${name} are complete`);
  }
  if (losing('thread').length === 0) assert.deepEqual(seen.thread, truth.thread);
  else assert.notEqual(seen.thread.error, null, 'the thread cannot be read');
  assert.equal(seen.delete.error !== null, losing('delete').length > 0, 'the deletion');
  const { error, open, items } = seen.stream;
  const [cause] = losing('stream');
  const isEchoMissing = cause?.rules.includes('missingEcho') === true;
  if (cause === undefined || isEchoMissing) {
    const order = (list: ReturnType<typeof comparable>) => list.toSorted((a, b) => (String(a) < String(b) ? -1 : 1));
    const expected = truth.stream.items.filter(({ kind }) => !isEchoMissing || kind !== 'user_message');
    assert.deepEqual(order(comparable(items)), order(comparable(expected)), 'the streamed items');
    assert.deepEqual([error, open], [null, []], 'the end of the stream');
  } else {
    assert.ok(error !== null || open.length > 0, 'the stream is not complete');
  }
  for (const { says, loses = 'stream' } of applied) {
    if (says !== undefined) assert.match(seen[loses].error ?? '', says);
  }
}

describe('deviations of servers', () => {
  before(async () => {
    truth = await read([]);
  });

  test('a correct server has no problem', () => {
    assert.deepEqual([...truth.rules], []);
    assert.deepEqual(
      truth.items.elements.map(({ text }) => text),
      [
        'Question | a.png',
        'Answer | Second part',
        'Task one | Task two',
        'tool {"city":"Rome"}',
        'Widget text',
        'Which? x y | Why?',
        'Single',
      ],
    );
    assert.deepEqual([truth.stream.error, truth.stream.open], [null, []]);
    assert.equal(truth.stream.items.length, 3);
  });

  for (const deviation of deviations) {
    test(`${deviation.concept}: ${deviation.name}`, async () => {
      const seen = await read([deviation]);
      for (const rule of deviation.rules) assert.ok(seen.rules.has(rule), `${rule} in ${[...seen.rules].join(' ')}`);
      assertHonest([deviation], seen);
    });
  }

  test('any combination of deviations is shown as it is, and 95 % are reported', async () => {
    const concepts = groupBy(deviations, ({ concept }) => concept);
    const some = fc.tuple(
      ...[...concepts.values()].map((list) => fc.option(fc.constantFrom(...list), { nil: null, freq: 2 })),
    );
    let total = 0;
    let named = 0;
    const property = fc.asyncProperty(some, async (chosen) => {
      // The types of items change last: the others find their items by type.
      const applied = chosen
        .filter((one) => one !== null)
        .filter((one, _, all) => one.showsByTimes !== true || !all.some(({ changes }) => changes?.includes('time')))
        .toSorted((a, b) => Number(a.concept === 'items') - Number(b.concept === 'items'));
      const seen = await read(applied);
      assertHonest(applied, seen);
      const visible = applied.filter((one) => isVisible(one, applied));
      total += visible.length;
      named += visible.filter(({ rules }) => rules.every((rule) => seen.rules.has(rule))).length;
    });
    await fc.assert(property, { seed: 20261130, numRuns: 100 });
    assert.ok(named >= total * 0.95, `${named} of ${total}`);
  });
});

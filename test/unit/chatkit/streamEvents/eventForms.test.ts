import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { RuleName } from '../../../../src/chatkit/common/protocolProblems/catalogue/ruleIds.ts';
import { readStream, sse } from './streamBench.ts';

const created_at = '2026-01-05T10:00:00Z';
const message = { id: 'm1', thread_id: 'thr_1', created_at, type: 'user_message', content: [], attachments: [] };
const answer = { id: 'a1', thread_id: 'thr_1', created_at, type: 'assistant_message', content: [] };
const delta = { type: 'assistant_message.content_part.text_delta', content_index: 0, delta: 'Hi' };
const thread = {
  id: 'thr_1',
  title: null,
  created_at,
  status: { type: 'active' },
  metadata: {},
  items: { data: [], has_more: false },
};
const correct = [
  { type: 'thread.created', thread },
  { type: 'thread.item.done', item: message },
  { type: 'stream_options', stream_options: { allow_cancel: true } },
  { type: 'thread.item.added', item: answer },
  { type: 'thread.item.updated', item_id: 'a1', update: delta },
  { type: 'thread.item.done', item: { ...answer, content: [{ type: 'output_text', text: 'Hi', annotations: [] }] } },
];
type Value = Readonly<Record<string, unknown>>;

function mapKeys(value: unknown, change: (key: string) => string): unknown {
  if (Array.isArray(value)) return value.map((element) => mapKeys(element, change));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [change(key), mapKeys(inner, change)]));
}
const camel = (key: string) => key.replace(/_(\w)/g, (_, letter: string) => letter.toUpperCase());
const pascal = (key: string) => camel(key).replace(/^./, (letter) => letter.toUpperCase());
const replaced = (event: Value, more: object) => ({ ...event, ...more });
const role = (item: unknown) => ((item as Value)['type'] === 'user_message' ? 'user' : 'assistant');

const forms: readonly [name: string, text: string, ...rules: RuleName[]][] = [
  ['a correct server', sse(correct)],
  ['camel-case names', sse(correct.map((event) => mapKeys(event, camel))), 'fieldNameCase'],
  ['Pascal-case names', sse(correct.map((event) => mapKeys(event, pascal))), 'fieldNameCase'],
  ['a wrapper', sse(correct.map((data) => ({ data }))), 'wrappedEvent'],
  ['fields in `data`', sse(correct.map(({ type, ...data }) => ({ type, data }))), 'wrappedEvent'],
  ['JSON text in a wrapper', sse(correct.map((e) => ({ type: 'message', data: JSON.stringify(e) }))), 'wrappedEvent'],
  ['prefixed types', sse(correct.map((e) => replaced(e, { type: `chatkit.${e.type}` }))), 'eventNameForm'],
  [
    'types with underscores',
    sse(correct.map((e) => replaced(e, { type: e.type.replaceAll('.', '_') }))),
    'eventNameForm',
  ],
  [
    'short types of updates',
    sse(correct.map((e) => ('update' in e ? { ...e, update: { ...delta, type: 'content_part.text_delta' } } : e))),
    'eventNameForm',
  ],
  [
    'deltas as objects',
    sse(correct.map((e) => ('update' in e ? { ...e, update: { ...delta, delta: { text: 'Hi' } } } : e))),
    'invalidUpdate',
  ],
  [
    'items as text',
    sse(correct.map((e) => ('item' in e ? { ...e, item: JSON.stringify(e.item) } : e))),
    'invalidEvent',
  ],
  [
    'items under another name',
    sse(correct.map(({ item, ...event }: Value) => (item === undefined ? event : { ...event, data: item }))),
    'invalidEvent',
  ],
  [
    'a thread without its object',
    sse([{ type: 'thread.created', ...thread, type_: 1 }, ...correct.slice(1)]),
    'invalidEvent',
  ],
  [
    'roles in place of types',
    sse(
      correct.map((e) =>
        e.item === undefined ? e : { ...e, item: { ...e.item, type: undefined, role: role(e.item) } },
      ),
    ),
    'missingItemType',
  ],
  ['no empty lines', correct.map((e) => `data: ${JSON.stringify(e)}\n`).join('') + '\n', 'unterminatedEvent'],
];

describe('forms of events', () => {
  for (const [name, text, ...rules] of forms) {
    test(name, () => {
      const { events, rules: found } = readStream(text);
      assert.deepEqual(found, rules);
      assert.deepEqual(
        events.map((event) => (event as Value)['type']),
        correct.map(({ type }) => type),
      );
      const read = events as readonly (Value & { item?: Value; thread?: Value; update?: Value })[];
      assert.deepEqual(
        read.flatMap(({ item }) => (item === undefined ? [] : [[item['id'], item['type'], item['thread_id']]])),
        [message, answer, answer].map(({ id, type, thread_id }) => [id, type, thread_id]),
      );
      assert.equal(read[0]?.thread?.['id'], 'thr_1');
      assert.deepEqual([read[4]?.['item_id'], read[4]?.update], ['a1', delta]);
    });
  }

  test('the data of an effect stays as it is', () => {
    const effect = { type: 'client_effect', name: 'show', data: { type: 'thread.item.done', item: { itemId: 1 } } };
    assert.deepEqual(readStream(sse([...correct, effect])).events.at(-1), effect);
  });
});

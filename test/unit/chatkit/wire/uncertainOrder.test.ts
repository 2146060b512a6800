// Lists whose times do not show their order.
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { JsonObject } from '../../../../src/base/common/json.ts';
import { everyPage } from '../../../../src/chatkit/common/everyPage.ts';
import type { RuleName } from '../../../../src/chatkit/common/protocolProblems/catalogue/ruleIds.ts';
import type { ThreadItem } from '../../../../src/chatkit/common/model/item.ts';
import type { Order } from '../../../../src/chatkit/common/threadSource.ts';
import { bench, signal } from './serverBench.ts';

interface Params {
  readonly order: Order;
  readonly limit: number;
  readonly after?: string | JsonObject;
}

const user = (id: string, created_at?: string): JsonObject => ({
  ...{ id, thread_id: 'thr_1', type: 'user_message', content: [{ type: 'input_text', text: id }] },
  ...{ attachments: [], inference_options: {} },
  ...(created_at === undefined ? {} : { created_at }),
});
const answer = (id: string, created_at?: string): JsonObject => ({
  ...{ id, thread_id: 'thr_1', type: 'assistant_message' },
  content: [{ type: 'output_text', text: id, annotations: [] }],
  ...(created_at === undefined ? {} : { created_at }),
});
const at = (ms: number): string => `2026-01-02T03:04:05.${String(ms).padStart(3, '0')}Z`;

interface Case {
  readonly name: string;
  /** Oldest first. */
  readonly items: readonly JsonObject[];
  /** How the server orders its list for a requested order. */
  readonly sends: (order: Order) => Order;
  readonly limit?: number;
  readonly requests: number;
  readonly rules: readonly RuleName[];
}

const obeys = (order: Order): Order => order;
const ids = ['u1', 'a1', 'u2', 'a2', 'u3', 'a3'];
const untimed = ids.map((id) => (id.startsWith('u') ? user(id) : answer(id)));
const within = ids.map((id, index) => (id.startsWith('u') ? user(id, at(index)) : answer(id, at(index))));
const equal = ids.map((id) => (id.startsWith('u') ? user(id, at(0)) : answer(id, at(0))));
const answers = ids.map((id) => answer(id));

const cases: readonly Case[] = [
  { name: 'no times, obeyed', items: untimed, sends: obeys, requests: 2, rules: ['missingTime'] },
  {
    ...{ name: 'no times, always oldest first', items: untimed, sends: () => 'asc', requests: 2 },
    rules: ['missingTime', 'orderIgnored'],
  },
  {
    ...{ name: 'no times, always newest first', items: untimed, sends: () => 'desc', requests: 2 },
    rules: ['missingTime', 'orderIgnored'],
  },
  {
    ...{ name: 'no times and no messages of the user, always oldest first', items: answers, sends: () => 'asc' },
    ...{ requests: 2, rules: ['missingTime', 'orderIgnored'] },
  },
  {
    ...{ name: 'no times, pages, always oldest first', items: untimed, sends: () => 'asc', limit: 2, requests: 3 },
    rules: ['missingTime', 'orderIgnored'],
  },
  { name: 'within a moment, obeyed', items: within, sends: obeys, requests: 1, rules: [] },
  {
    ...{ name: 'within a moment, always oldest first', items: within, sends: () => 'asc', requests: 2 },
    rules: ['orderIgnored'],
  },
  { name: 'equal times, obeyed', items: equal, sends: obeys, requests: 1, rules: [] },
];

describe('the order of items without usable times', () => {
  for (const { name, items, sends, limit = 20, requests, rules } of cases) {
    test(name, async (t) => {
      let count = 0;
      const { source, rules: found } = await bench(t, (response, { body }) => {
        count += 1;
        const { params } = JSON.parse(body) as { readonly params: Params };
        const sorted = sends(params.order) === 'asc' ? items : items.toReversed();
        const start = params.after === undefined ? 0 : sorted.findIndex(({ id }) => id === params.after) + 1;
        const data = sorted.slice(start, start + params.limit);
        const has_more = start + params.limit < sorted.length;
        response.writeHead(200, { 'content-type': 'application/json' });
        response.end(JSON.stringify({ data, has_more, after: has_more ? data.at(-1)?.['id'] : null }));
      });
      const ask = (after: string | undefined) =>
        source.listItems('thr_1', { limit, order: 'desc', ...(after === undefined ? {} : { after }) }, signal);
      const all: ThreadItem[] = [];
      for await (const part of everyPage(ask, null)) all.push(...part);
      assert.deepEqual(
        all.map(({ id }) => id),
        items.map(({ id }) => id).toReversed(),
      );
      assert.deepEqual(found(), rules);
      assert.equal(count, requests);
    });
  }

  test('a server that obeys the order is asked for the opposite one only once', async (t) => {
    let count = 0;
    const { source } = await bench(t, (response, { body }) => {
      count += 1;
      const { params } = JSON.parse(body) as { readonly params: Params };
      const data = params.order === 'asc' ? untimed : untimed.toReversed();
      response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify({ data, has_more: false }));
    });
    for (const id of ['thr_1', 'thr_2', 'thr_3']) await source.listItems(id, { limit: 20, order: 'desc' }, signal);
    assert.equal(count, 4);
  });
});

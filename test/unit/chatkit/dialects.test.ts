import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { describe, test } from 'node:test';
import { arrangePage } from '../../../src/chatkit/common/listOrder.ts';
import { type Cursor, readPage } from '../../../src/chatkit/common/pageReply.ts';
import { ListProgress } from '../../../src/chatkit/common/pages.ts';
import { type RuleId, type RuleName, ruleIds } from '../../../src/chatkit/common/protocolProblems/catalogue/ruleIds.ts';
import { classifyReply } from '../../../src/chatkit/common/responses/classifyReply.ts';
import { isUnsupportedCommand } from '../../../src/chatkit/common/responses/unsupportedCommand.ts';
import { inferZoneOffset, naiveWallTime, parseServerTime } from '../../../src/chatkit/common/serverTime.ts';
import { readStream } from './streamEvents/streamBench.ts';

interface Answer {
  readonly json?: unknown;
  readonly status?: number;
  readonly sse?: Iterable<unknown>;
}
type Handle = (ask: { type: string; params: object; mode: string | null; metadata: object | null }) => Answer;

const folder = new URL('../../../../shared/dialects/', import.meta.url);
const names = new Map<RuleId, RuleName>(Object.entries(ruleIds).map(([name, id]) => [id, name as RuleName]));

async function dialect(name: string): Promise<Handle> {
  const module = (await import(new URL(`${name}/server.mjs`, folder).href)) as { readonly default: Handle };
  return module.default;
}

/** As the server of the library sends it: an object is an event, a text is sent as it is, a number is a pause. */
function textOf({ sse = [] }: Answer): string {
  return [...sse]
    .map((part) =>
      typeof part === 'object' ? `data: ${JSON.stringify(part)}\n\n` : typeof part === 'string' ? part : '',
    )
    .join('');
}

function stream(handle: Handle, text: string, threadId: string | null = null) {
  const command = threadId === null ? 'threads.create' : 'threads.add_user_message';
  const input = { content: [{ type: 'input_text', text }], attachments: [], inference_options: {} };
  const params = threadId === null ? { input } : { thread_id: threadId, input };
  return readStream(textOf(handle({ type: command, params, mode: null, metadata: null })), { command, threadId });
}

function list(handle: Handle, command: string, more: object, mode: string | null = null) {
  const rules = new Set<RuleName>();
  const progress = new ListProgress({ report: (rule) => void rules.add(names.get(rule) as RuleName) });
  const elements: { id: string; created_at: string }[] = [];
  for (let after: Cursor | null = null; ;) {
    const params = { limit: 10, order: 'desc', ...(after === null ? {} : { after }), ...more };
    const page = readPage(handle({ type: command, params, mode, metadata: null }).json);
    assert.ok(page);
    const { fresh, state } = progress.add(page, { after, limit: 10 });
    elements.push(...(fresh as typeof elements));
    if (state.kind !== 'more') return { elements, state: state.kind, rules: [...rules].sort() };
    after = state.after;
  }
}

describe('dialects', { skip: !existsSync(folder) && 'no ../shared/dialects' }, () => {
  test('no-created-no-echo', async () => {
    const handle = await dialect('no-created-no-echo');
    const fresh = stream(handle, 'hello');
    assert.deepEqual(fresh.rules, ['doneWithoutItem', 'missingEcho', 'missingStreamOptions', 'missingThreadCreated']);
    assert.deepEqual(
      fresh.outcomes.map(({ kind }) => kind),
      ['event', 'finishItem'],
    );
    assert.deepEqual(stream(handle, 'again', 'thr_before').rules, [
      'doneWithoutItem',
      'missingEcho',
      'missingStreamOptions',
    ]);
  });

  test('newer-dialect', async () => {
    const { rules, events } = stream(await dialect('newer-dialect'), 'usage');
    assert.deepEqual(rules, ['missingStreamOptions', 'topLevelUpdate', 'unknownEvent']);
    const text = events.map((event) => (event as { update?: { delta?: string } }).update?.delta ?? '').join('');
    assert.equal(text, 'This text comes by top-level deltas.');
  });

  test('errors-in-streams', async () => {
    const handle = await dialect('errors-in-streams');
    const expected: readonly [name: string, message: string, code: string][] = [
      ['thread.error', 'Model is overloaded', 'overloaded'],
      ['response.failed', 'Rate limit reached', 'rate_limit_exceeded'],
      ['thread.item.failed', 'Tool lookup timed out', 'custom'],
      ['nested', 'No such model', 'model_not_found'],
      ['string', 'boom', 'custom'],
      ['numeric', 'Too many requests', '429'],
    ];
    for (const [name, message, code] of expected) {
      const last = stream(handle, name, 'thr_err').events.at(-1);
      assert.ok(last);
      const { type, message: shown, code: found } = last as Record<string, unknown>;
      assert.deepEqual([type, shown, found], ['error', message, code], name);
    }
  });

  test('200-with-error', async () => {
    const handle = await dialect('200-with-error');
    for (const type of ['threads.delete', 'threads.update', 'items.feedback']) {
      const reply = classifyReply(type, handle({ type, params: {}, mode: null, metadata: null }).json);
      assert.ok(!reply.ok && reply.message === `unsupported_request_type:${type}`);
      assert.equal(isUnsupportedCommand(type, { status: 200, message: reply.message }), true);
    }
  });

  test('more-without-after', async () => {
    const handle = await dialect('more-without-after');
    const thread = { thread_id: 'thr_45' };
    for (const [mode, rule] of [
      [null, 'hasMoreWithoutCursor'],
      ['int', 'numericCursor'],
    ] as const) {
      const threads = list(handle, 'threads.list', {}, mode);
      assert.deepEqual([threads.elements.length, threads.state, threads.rules], [45, 'end', [rule]]);
      const items = list(handle, 'items.list', thread, mode);
      assert.deepEqual([items.elements.length, items.state, items.rules], [120, 'end', [rule]]);
    }
  });

  test('order-ignored', async () => {
    const { elements, state, rules } = list(await dialect('order-ignored'), 'items.list', { thread_id: 'thr_1' });
    assert.deepEqual([state, rules], ['end', ['missingHasMore']]);
    const arranged = arrangePage(elements, 'desc', (element) => Date.parse(element.created_at));
    assert.deepEqual([arranged.elements.map(({ id }) => id), arranged.isReversed], [['a2', 'u2', 'a1', 'u1'], true]);
  });

  test('times', async () => {
    const handle = await dialect('times');
    const timesOf = (mode: string): unknown[] =>
      list(handle, 'items.list', { thread_id: 't', order: 'asc' }, mode).elements.map((element) => element.created_at);
    const context = { required: 'iso', naiveZone: { kind: 'assumedUtc' } } as const;
    const read = (mode: string) => timesOf(mode).map((value) => parseServerTime(value, context));
    const start = Date.UTC(2025, 9, 7, 12);
    assert.deepEqual(
      read('texts').map((time) => time?.ms),
      [start + 123, start + 60_123, start + 120_000],
    );
    assert.deepEqual(
      read('texts').map((time) => time?.deviations.map((id) => names.get(id))),
      [['zoneForm'], ['zoneAndZ'], ['textTime']],
    );
    const now = Date.now();
    for (const time of read('ms')) assert.ok(time !== null && Math.abs(now - time.ms) < 10 * 60_000);
    const newest = naiveWallTime(timesOf('local').at(-1));
    assert.ok(newest !== null);
    assert.equal(inferZoneOffset(newest, now - 60_000), 540);
  });
});

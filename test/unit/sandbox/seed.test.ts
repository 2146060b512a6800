import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import * as z from 'zod';
import type { Json } from '../../../src/base/common/json.ts';
import { componentNames } from '../../../src/widgets/common/catalogue.ts';
import type { WidgetNode } from '../../../src/widgets/common/node.ts';
import { normaliseWidget } from '../../../src/widgets/common/normalise.ts';
import { reviewWidget } from '../../../src/widgets/common/review.ts';
import type { Sandbox } from '../../../src/sandbox/node/sandbox.ts';
import { officialClients, raw, withSandbox } from './start.ts';

const [{ connect }] = officialClients as [(typeof officialClients)[0]];
const line = z.string().nullable();
const taskType = z.enum(['custom', 'thought']);
const base = {
  id: z.string().regex(/^cti_[0-9a-f]{48}$/),
  object: z.literal('chatkit.thread_item'),
  created_at: z.int(),
  thread_id: z.string(),
};

/** The shapes of chatkit-api 4, strictly: every key, no other. */
const strictItem = z.discriminatedUnion('type', [
  z.strictObject({
    ...base,
    type: z.literal('chatkit.user_message'),
    content: z.array(z.strictObject({ type: z.enum(['input_text', 'quoted_text']), text: z.string() })),
    attachments: z.array(
      z.strictObject({
        type: z.enum(['image', 'file']),
        id: z.string(),
        name: z.string(),
        mime_type: z.string(),
        preview_url: line,
      }),
    ),
    inference_options: z
      .strictObject({ model: line, tool_choice: z.strictObject({ id: z.string() }).nullable() })
      .nullable(),
  }),
  z.strictObject({
    ...base,
    type: z.literal('chatkit.assistant_message'),
    content: z.array(
      z.strictObject({
        type: z.literal('output_text'),
        text: z.string(),
        annotations: z.array(
          z.discriminatedUnion('type', [
            z.strictObject({
              type: z.literal('file'),
              source: z.strictObject({ type: z.literal('file'), filename: z.string() }),
            }),
            z.strictObject({
              type: z.literal('url'),
              source: z.strictObject({ type: z.literal('url'), url: z.string() }),
            }),
          ]),
        ),
      }),
    ),
  }),
  z.strictObject({ ...base, type: z.literal('chatkit.widget'), widget: z.string() }),
  z.strictObject({
    ...base,
    type: z.literal('chatkit.client_tool_call'),
    status: z.enum(['in_progress', 'completed']),
    call_id: z.string().min(1),
    name: z.string(),
    arguments: z.string(),
    output: line,
  }),
  z.strictObject({ ...base, type: z.literal('chatkit.task'), task_type: taskType, heading: line, summary: line }),
  z.strictObject({
    ...base,
    type: z.literal('chatkit.task_group'),
    tasks: z.array(z.strictObject({ type: taskType, heading: line, summary: line })),
  }),
]);
type Item = z.infer<typeof strictItem>;
const reason = { reason: line };
const strictThread = z.strictObject({
  id: z.string().regex(/^cthr_[0-9a-f]{48}$/),
  object: z.literal('chatkit.thread'),
  created_at: z.int(),
  title: line,
  status: z.discriminatedUnion('type', [
    z.strictObject({ type: z.literal('active') }),
    z.strictObject({ type: z.literal('locked'), ...reason }),
    z.strictObject({ type: z.literal('closed'), ...reason }),
  ]),
  user: z.string(),
});

interface Conversation {
  thread: z.infer<typeof strictThread>;
  items: Item[];
}

/** Everything there is, each piece held against the shapes above. */
async function readAll(sandbox: Sandbox): Promise<Conversation[]> {
  const { threads } = connect(sandbox).beta.chatkit;
  const all: Conversation[] = [];
  for await (const thread of threads.list({ limit: 100 })) {
    const items: Item[] = [];
    for await (const item of threads.listItems(thread.id, { limit: 100, order: 'asc' }))
      items.push(strictItem.parse(item));
    all.push({ thread: strictThread.parse(thread), items });
  }
  return all;
}

test('the seed has every kind of thread and item', () =>
  withSandbox({}, async (sandbox) => {
    const all = await readAll(sandbox);
    const items = all.flatMap((one) => one.items);
    const statuses = new Set(
      all.map(
        ({ thread: { status } }) =>
          `${status.type} ${status.type === 'active' || status.reason === null ? '' : 'because'}`,
      ),
    );
    assert.deepEqual([...statuses].sort(), ['active ', 'closed ', 'closed because', 'locked ', 'locked because']);
    assert.ok(all.length >= 60);
    assert.ok(new Set(all.map(({ thread }) => thread.user)).size >= 8);
    assert.ok(all.some((one) => one.items.length >= 600));
    assert.ok(all.some((one) => one.items.length === 0));
    assert.ok(all.some(({ thread }) => thread.title === null));
    for (const script of [
      /\p{Script=Han}/u,
      /\p{Script=Arabic}/u,
      /\p{Script=Devanagari}/u,
      /\p{Extended_Pictographic}/u,
      /^.{200,}$/,
    ]) {
      assert.ok(
        all.some(({ thread }) => script.test(thread.title ?? '')),
        String(script),
      );
    }
    const days = all.map(({ thread }) => Math.floor((sandbox.startedAt / 1000 - thread.created_at) / 86_400));
    assert.ok(new Set(days).size >= 7, 'spread over the days');

    const has = (check: (item: Item) => boolean, what: string) => assert.ok(items.some(check), what);
    for (const { shape } of strictItem.options) has(({ type }) => type === shape.type.value, shape.type.value);
    has(
      (item) => item.type === 'chatkit.user_message' && item.content.some(({ type }) => type === 'quoted_text'),
      'a quote',
    );
    has((item) => item.type === 'chatkit.user_message' && item.content.length === 0, 'only files');
    for (const type of ['image', 'file']) {
      has((item) => item.type === 'chatkit.user_message' && item.attachments.some((one) => one.type === type), type);
    }
    for (const preview of [true, false]) {
      has(
        (item) =>
          item.type === 'chatkit.user_message' &&
          item.attachments.some((one) => (one.preview_url !== null) === preview),
        `preview ${preview}`,
      );
    }
    has((item) => item.type === 'chatkit.user_message' && item.inference_options?.tool_choice != null, 'a tool choice');
    has(
      (item) => item.type === 'chatkit.user_message' && item.inference_options?.tool_choice === null,
      'a model alone',
    );
    for (const type of ['url', 'file']) {
      has(
        (item) =>
          item.type === 'chatkit.assistant_message' &&
          item.content.some((part) => part.annotations.some((one) => one.type === type)),
        type,
      );
    }
    for (const status of ['in_progress', 'completed'])
      has((item) => item.type === 'chatkit.client_tool_call' && item.status === status, status);
    for (const type of taskType.options) has((item) => item.type === 'chatkit.task' && item.task_type === type, type);
    has((item) => item.type === 'chatkit.task' && item.heading === null, 'a task without heading');

    const last = (title: string) => all.find(({ thread }) => thread.title === title)?.items.at(-1);
    const stuck = last('Pair the new thermostat');
    assert.ok(stuck?.type === 'chatkit.client_tool_call' && stuck.status === 'in_progress' && stuck.output === null);
    assert.equal(last('Change the delivery address')?.type, 'chatkit.user_message', 'the message has no answer');
  }));

test('attached pictures can be downloaded', () =>
  withSandbox({}, async (sandbox) => {
    const all = await readAll(sandbox);
    const previews = all
      .flatMap(({ items }) => items)
      .flatMap((item) => (item.type === 'chatkit.user_message' ? item.attachments : []))
      .flatMap(({ preview_url }) => (preview_url?.startsWith(sandbox.baseUrl.replace('/v1', '')) ? [preview_url] : []));
    assert.ok(previews.length >= 4);
    for (const url of previews) {
      const response = await fetch(url);
      const bytes = new Uint8Array(await response.arrayBuffer());
      assert.deepEqual([...bytes.slice(0, 4)], [0x89, 0x50, 0x4e, 0x47]);
      assert.equal(response.headers.get('content-type'), 'image/png');
    }
    assert.equal((await fetch(previews[0]?.replace(/[^/]+$/, 'none.png') ?? '')).status, 404);
  }));

describe('widgets', () => {
  test('widgets of everyday conversations have no problem, and all differ', () =>
    withSandbox({}, async (sandbox) => {
      const roots = new Map<string, string>();
      for (const { thread, items } of await readAll(sandbox)) {
        if (/script|gallery/i.test(thread.title ?? '')) continue;
        for (const item of items) {
          if (item.type !== 'chatkit.widget') continue;
          const tree = normaliseWidget(JSON.parse(item.widget) as Json);
          assert.deepEqual([...tree.problems, ...reviewWidget(tree)], [], `${thread.title}: ${item.widget}`);
          roots.set(shapeOf(tree.root), thread.title ?? '');
        }
      }
      assert.ok(roots.size >= 8, `${roots.size} different ones`);
    }));

  test('the gallery shows every component', () =>
    withSandbox({}, async (sandbox) => {
      const gallery = (await readAll(sandbox)).find(({ thread }) => thread.title === 'Widget gallery');
      const seen = new Set<string>();
      const visit = (node: WidgetNode | null): void => {
        if (node === null) return;
        seen.add(node.type);
        node.children.forEach(visit);
      };
      for (const item of gallery?.items ?? []) {
        if (item.type === 'chatkit.widget') visit(normaliseWidget(JSON.parse(item.widget) as Json).root);
      }
      assert.deepEqual(
        componentNames.filter((name) => !seen.has(name)),
        [],
      );
    }));
});

test('the live thread continues with the clock: items arrive, and an open call ends', () => {
  let now = 1_700_000_000_000;
  return withSandbox({ now: () => now }, async (sandbox) => {
    const find = async () => (await readAll(sandbox)).find(({ thread }) => thread.title === 'Release train (live)');
    const before = await find();
    assert.ok(before);
    const open = before.items.at(-1);
    assert.ok(before.items.length >= 4 && before.items.every(({ created_at }) => created_at <= now / 1000));
    now += 1_000;
    assert.deepEqual(
      (await find())?.items.slice(0, before.items.length - 1),
      before.items.slice(0, -1),
      'earlier items do not change',
    );
    now += 60_000;
    const after = await find();
    assert.ok(after && after.items.length > before.items.length + 5);
    const ended = after.items.find(({ id }) => id === open?.id);
    assert.equal(ended?.thread_id, before.thread.id);
    const calls = after.items.filter((item) => item.type === 'chatkit.client_tool_call');
    assert.ok(calls.some(({ status }) => status === 'completed'));
    const seen: string[] = [];
    for (let second = 0; second < 44; second++) {
      now += 1000;
      const last = (await liveCalls(sandbox, after.thread.id)).at(-1);
      if (seen.at(-1) !== `${last?.id} ${last?.status}`) seen.push(`${last?.id} ${last?.status}`);
    }
    const states = seen.map((one) => one.split(' ')[1]);
    assert.ok(states.join(' ').includes('in_progress completed'), states.join(' '));
  });
});

async function liveCalls(sandbox: Sandbox, id: string) {
  const { data } = await connect(sandbox).beta.chatkit.threads.listItems(id, { limit: 20 });
  return data.flatMap((item) => (item.type === 'chatkit.client_tool_call' ? [item] : [])).toReversed();
}

test('a prepared conversation can be added, and continued', () =>
  withSandbox({ empty: true }, async (sandbox) => {
    const body = { type: 'chatkit.task', task_type: 'custom', heading: 'First', summary: null };
    const post = (path: string, json: object) => raw(sandbox, path, { method: 'POST', body: JSON.stringify(json) });
    const planted = await post('/sandbox/threads', {
      user: 'u',
      title: 'T',
      created_at: 1_700_000_000,
      items: [{ created_at: 1_700_000_005, body }],
    });
    const thread = strictThread.parse(await planted.json());
    assert.deepEqual([thread.user, thread.title, thread.created_at], ['u', 'T', 1_700_000_000]);
    await post(`/sandbox/threads/${thread.id}`, {
      status: { type: 'closed', reason: 'done' },
      items: [{ body: { ...body, heading: 'Second' } }],
    });
    const [{ thread: changed, items }] = (await readAll(sandbox)) as [Conversation];
    assert.deepEqual(changed, { ...thread, status: { type: 'closed', reason: 'done' } });
    assert.deepEqual(
      items.map((item) => item.type === 'chatkit.task' && item.heading),
      ['First', 'Second'],
    );
    assert.equal(items[0]?.created_at, 1_700_000_005);
    const refused = await post('/sandbox/threads', {
      user: 'u',
      items: [{ body: { ...body, task_type: 'web_search' } }],
    });
    assert.deepEqual([refused.status, /task_type/.test(await refused.text())], [400, true]);
    assert.equal((await post('/sandbox/threads/cthr_none', {})).status, 404);
  }));

/** The tree of its components, to distinguish widgets. */
function shapeOf(node: WidgetNode | null): string {
  return node === null ? '' : `${node.type}(${node.children.map(shapeOf).join()})`;
}

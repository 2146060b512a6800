import { startSandbox, type SandboxAccess } from '../../scripts/lib/sandbox.mjs';
import type { Json, JsonObject } from '../../src/base/common/json.ts';
import type { Thread } from '../../src/chatkit/common/model/thread.ts';
import type { ThreadItem } from '../../src/chatkit/common/model/item.ts';
import { createThreadStore } from '../../src/chatkit/common/store/threadStore.ts';
import { transcript } from '../../src/threads/common/transcript.ts';
import { sourceAt } from '../tasks/ours.ts';

export interface BenchThreads {
  /** A sandbox that has the threads below and no other. */
  readonly access: SandboxAccess;
  /** Titles by number of items. */
  readonly titles: ReadonlyMap<number, string>;
  stop(): Promise<void>;
}

const { signal } = new AbortController();
export const longest = 100_000;

export const titleOf = (items: number): string => `Bench of ${items.toLocaleString('en')} items`;

/** The longest thread, and threads of `counts` items that start as it does. */
export async function startThreads(counts: readonly number[]): Promise<BenchThreads> {
  const sandbox = await startSandbox(['--empty', '--items', String(longest)]);
  const { access } = sandbox;
  const { source, close } = sourceAt(access.url, access.apiKey);
  const [long] = (await source.listThreads({ limit: 1, order: 'desc' }, signal)).data;
  if (long === undefined) throw new Error('The sandbox has no thread');
  const titles = new Map([[longest, long.title ?? '']]);
  for (const count of counts) {
    const items = await firstItems(long, count, access);
    const title = titleOf(count);
    const response = await fetch(new URL('/sandbox/threads', access.url), {
      method: 'POST',
      headers: { authorization: `Bearer ${access.apiKey}` },
      body: JSON.stringify({ user: 'bench', title, items: items.map(({ raw }) => seedOf(raw as JsonObject)) }),
    });
    if (!response.ok) throw new Error(`The sandbox takes no thread of ${count} items: ${await response.text()}`);
    titles.set(count, title);
  }
  await close();
  return { access, titles, stop: () => sandbox.stop() };
}

/** The first items of a thread, oldest first. */
async function firstItems({ id }: Thread, count: number, access: SandboxAccess): Promise<readonly ThreadItem[]> {
  const { source, close } = sourceAt(access.url, access.apiKey);
  const items: ThreadItem[] = [];
  while (items.length < count) {
    const after = items.at(-1)?.id;
    const limit = Math.min(100, count - items.length);
    const query = { limit, order: 'asc', ...(after === undefined ? {} : { after }) } as const;
    const { data } = await source.listItems(id, query, signal);
    if (data.length === 0) throw new Error(`The thread ended after ${items.length} items`);
    items.push(...data);
  }
  await close();
  return items;
}

/** The first items of the longest thread. */
export async function firstItemsOfLong(count: number): Promise<readonly ThreadItem[]> {
  const threads = await startThreads([]);
  try {
    const { source, close } = sourceAt(threads.access.url, threads.access.apiKey);
    const [long] = (await source.listThreads({ limit: 1, order: 'desc' }, signal)).data;
    await close();
    if (long === undefined) throw new Error('The sandbox has no thread');
    return await firstItems(long, count, threads.access);
  } finally {
    await threads.stop();
  }
}

function seedOf({ id: _id, object: _object, thread_id: _thread, created_at, ...body }: JsonObject): Json {
  return { created_at: created_at ?? null, body };
}

/** The whole thread with this title as Markdown. */
export async function transcriptOf({ access }: BenchThreads, title: string): Promise<string> {
  const { source, close } = sourceAt(access.url, access.apiKey);
  const { data } = await source.listThreads({ limit: 100, order: 'desc' }, signal);
  const thread = data.find((candidate) => candidate.title === title);
  if (thread === undefined) throw new Error(`No thread is called ${title}`);
  const store = createThreadStore(source, { pageSize: () => 100 });
  await store.loadAll(thread.id, signal);
  await close();
  return transcript(thread, store.items(thread.id));
}

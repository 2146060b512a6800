// One way to walk all items of a thread in pages of 100, in a process of its own: `walk.ts ours|openai|undici <baseUrl> <key> <threadId>`
// Prints how many there were and the CPU time they took, ms.
import OpenAI from 'openai';
import { Agent, request } from 'undici';
import { sourceAt } from './ours.ts';

const [way, baseUrl = '', apiKey = '', threadId = ''] = process.argv.slice(2);

/** What the extension does: every item validated and normalised. */
async function* ours(): AsyncGenerator<number> {
  const { source, close } = sourceAt(baseUrl, apiKey);
  const { signal } = new AbortController();
  let after: string | undefined;
  do {
    const query = { limit: 100, order: 'asc', ...(after === undefined ? {} : { after }) } as const;
    const page = await source.listItems(threadId, query, signal);
    if (page.data.some(({ kind }) => kind === 'unknown')) throw new Error('An item was not understood');
    yield page.data.length;
    after = page.hasMore ? (page.next ?? undefined) : undefined;
  } while (after !== undefined);
  await close();
}

/** The official client: neither validates nor normalises. */
async function* openai(): AsyncGenerator<number> {
  const client = new OpenAI({ apiKey, baseURL: baseUrl });
  for await (const _item of client.beta.chatkit.threads.listItems(threadId, { limit: 100, order: 'asc' })) yield 1;
}

/** The least that could be done. */
async function* undici(): AsyncGenerator<number> {
  const dispatcher = new Agent();
  let after = '';
  for (;;) {
    const url = `${baseUrl}/chatkit/threads/${threadId}/items?limit=100&order=asc${after}`;
    const headers = { authorization: `Bearer ${apiKey}`, 'openai-beta': 'chatkit_beta=v1' };
    const { body } = await request(url, { headers, dispatcher });
    const page = JSON.parse(await body.text()) as { data: unknown[]; has_more: boolean; last_id: string };
    yield page.data.length;
    if (!page.has_more) break;
    after = `&after=${page.last_id}`;
  }
  await dispatcher.close();
}

const ways: Record<string, () => AsyncGenerator<number>> = { ours, openai, undici };
const walk = ways[way ?? ''];
if (walk === undefined) throw new Error(`No way called ${way ?? ''}`);
const before = process.cpuUsage();
let count = 0;
for await (const page of walk()) count += page;
const { user, system } = process.cpuUsage(before);
process.stdout.write(`${JSON.stringify({ count, cpuMs: (user + system) / 1000 })}\n`);

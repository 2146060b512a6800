import { setTimeout as delay } from 'node:timers/promises';
import type { Page } from '@playwright/test';
import type { Json } from '../src/base/common/json.ts';
import { StreamState } from '../src/chatkit/common/stream/streamState.ts';
import { toStreamEvent } from '../src/chatkit/common/wire/server/event.ts';
import type { InspectorHost, InspectorWebview } from '../src/inspector/common/protocol.ts';
import { Rpc, encodeMessage } from '../src/base/common/rpc.ts';
import { FakeHost } from '../test/browser/inspector/fakeHost.ts';
import { thread, user } from '../test/browser/inspector/items.ts';
import { alone, cpuMs, inTurn, median, quantile, type Bench } from './bench.ts';
import { inChromium } from './page/browser.ts';
import { beginning, growing } from './tasks/deltas.ts';
import { epochNow, pacedRun, wordsIn } from './tasks/pacedConversation.ts';

const deltas = 100_000;
const words = 'The quick brown fox jumps over the lazy dog and **then** some more of it. '.split(/(?<= )/);

function applyAll(lines: readonly string[]): void {
  const state = new StreamState();
  state.apply(toStreamEvent(beginning('thr_bench'), 'thr_bench'));
  for (const line of lines) state.apply(toStreamEvent(JSON.parse(line) as Json, 'thr_bench'));
  const [item] = state.items;
  if (item?.kind !== 'assistant_message' || (item.parts[0]?.text.length ?? 0) < deltas) {
    throw new Error('The deltas did not arrive');
  }
}

function parseAll(lines: readonly string[]): void {
  let count = 0;
  for (const line of lines) if (JSON.parse(line) !== null) count += 1;
  if (count !== lines.length) throw new Error('Lines were lost');
}

const perSecond = 200;

/** Delays from the bytes of each delta to the message that carries it, ms: of the host alone. */
async function postDelays(seconds: number): Promise<readonly number[]> {
  const host = new FakeHost({ items: thread([user('Go')]) });
  await host.store.loadLatest(host.threadId, new AbortController().signal);
  const delays: number[] = [];
  const rpc = new Rpc<InspectorHost, InspectorWebview>({
    // What the editor does with a message before it leaves the extension host.
    post: (message) => void JSON.stringify(message),
    handlers: {} as never,
  });
  const { arrived, ended } = pacedRun({
    store: host.store,
    threadId: host.threadId,
    count: perSecond * seconds,
    perSecond,
    onAppendText: (growth) => {
      rpc.notify('appendText', growth);
      const now = epochNow();
      const words = growth.reduce((sum, { update }) => sum + wordsIn(update.delta), 0);
      for (let word = 0; word < words; word++) delays.push(now - (arrived[delays.length] ?? now));
    },
  });
  await ended;
  return delays;
}

/** The same into a page: delays from the bytes of each delta to the frame that shows it, ms. */
async function paintDelays(page: Page, way: 'ours' | 'empty', seconds: number): Promise<readonly number[]> {
  const count = perSecond * seconds;
  const host = new FakeHost({ items: thread([user('Go')]) });
  const seen: (readonly [at: number, words: number])[] = [];
  await page.exposeFunction('chatkitBenchWords', (at: number, words: number) => void seen.push([at, words]));
  if (way === 'ours') {
    await host.open(page);
    await page.locator('article').waitFor();
  } else {
    await host.store.loadLatest(host.threadId, new AbortController().signal);
    await page.setContent('<!doctype html><pre></pre>');
    await page.evaluate(showGrowth);
  }
  await page.evaluate(watchWords, way === 'ours' ? 'article:last-of-type .row-content' : 'pre');
  const rpc = new Rpc<InspectorHost, InspectorWebview>({
    post: (message) =>
      void page.evaluate((text) => window.postMessage(text, '*'), encodeMessage(message)).catch(() => undefined),
    handlers: {} as never,
  });
  const { arrived, ended } = pacedRun({
    store: host.store,
    threadId: host.threadId,
    count,
    perSecond,
    onAppendText: (growth) => (way === 'ours' ? host.notify('appendText', growth) : rpc.notify('appendText', growth)),
  });
  await ended;
  for (let wait = 0; wait < 100 && (seen.at(-1)?.[1] ?? 0) < count; wait++) await delay(50);
  return arrived.flatMap((from, index) => {
    const frame = seen.find(([, words]) => words > index);
    return frame === undefined ? [] : frame[0] - from;
  });
}

/** Runs in the empty page: shows what grows, and nothing else. */
function showGrowth(): void {
  addEventListener('message', ({ data }: MessageEvent<string>) => {
    const { params = [] } = JSON.parse(data) as { params?: readonly { update: { delta: string } }[] };
    for (const { update } of params) document.querySelector('pre')?.append(update.delta);
  });
}

/** Runs in a page: reports after each frame how many words of the response it shows. */
function watchWords(selector: string): void {
  const tell = (window as unknown as { chatkitBenchWords: (at: number, words: number) => void }).chatkitBenchWords;
  let last = 0;
  const look = (): void => {
    requestAnimationFrame(look);
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => {
      const found = [...(document.querySelector(selector)?.textContent ?? '').matchAll(/w(\d+)/g)].at(-1)?.[1];
      const words = found === undefined ? 0 : Number(found) + 1;
      if (words <= last) return;
      last = words;
      tell(performance.timeOrigin + performance.now(), words);
    };
    port2.postMessage(null);
  };
  look();
}

export const benches: readonly Bench[] = [
  {
    names: ['stream-post'],
    run: async ({ rounds = 10 }) => {
      await postDelays(1);
      const delays = await postDelays(rounds);
      return [
        {
          ...alone,
          limit: 5,
          limitName: 'the mark',
          ours: quantile(delays, 0.95),
          unit: 'ms',
          note: `p95 of ${delays.length} deltas, ${perSecond} a second; median ${median(delays).toFixed(2)} ms`,
        },
      ];
    },
  },
  {
    names: ['stream-paint'],
    run: async ({ rounds = 5 }) => {
      const delays = { ours: [] as number[], empty: [] as number[] };
      for (let round = -1; round < rounds; round++) {
        for (const way of inTurn(Math.abs(round), ['ours', 'empty'] as const)) {
          const found = await inChromium((page) => paintDelays(page, way, 3));
          if (found.length < perSecond * 3) throw new Error(`${way}: only ${found.length} deltas were painted`);
          if (round >= 0) delays[way].push(...found);
        }
      }
      const p95 = `p95 ${quantile(delays.ours, 0.95).toFixed(1)} against ${quantile(delays.empty, 0.95).toFixed(1)} ms`;
      return [
        {
          ...alone,
          peer: median(delays.empty),
          peerName: 'the same messages into an empty page',
          ours: median(delays.ours),
          unit: 'ms',
          rounds,
          note: `median of ${delays.ours.length} deltas, ${perSecond} a second; ${p95}`,
        },
      ];
    },
  },
  {
    names: ['stream-cpu'],
    run: async ({ rounds = 15 }) => {
      const lines = Array.from({ length: deltas }, (_, index) => growing(words[index % words.length] ?? ''));
      const tasks = [
        { times: [] as number[], run: () => applyAll(lines) },
        { times: [] as number[], run: () => parseAll(lines) },
      ] as const;
      // Warm: the first three rounds do not count.
      for (let round = -3; round < rounds; round++) {
        for (const { times, run } of inTurn(Math.abs(round), tasks)) {
          globalThis.gc?.();
          const ms = cpuMs(run);
          if (round >= 0) times.push(ms);
        }
      }
      const [ours, parsing] = tasks;
      return [
        {
          ...alone,
          peer: median(parsing.times),
          peerName: 'JSON.parse of the same lines',
          ours: median(ours.times),
          unit: 'ms',
          rounds,
        },
      ];
    },
  },
];

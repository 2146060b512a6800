import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { build } from 'esbuild';
import { dist, root } from '../scripts/lib/paths.mjs';
import type { Json } from '../src/base/common/json.ts';
import { FakePreview } from '../test/browser/widgets/preview/fakePreview.ts';
import { openWebviewPage } from '../test/support/webviewPage.ts';
import { alone, median, quantile, type Bench } from './bench.ts';
import { inChromium } from './page/browser.ts';
import { epochNow } from './tasks/pacedConversation.ts';

/** For so long the host waits for further edits before it draws, ms (`features/widgetEditor/pageHost.ts`). */
const gathering = 16;

/** A card of 300 nodes: twenty rows of a table-like list, each with what real cards have. */
function cardOf(rows: number): Json {
  return {
    type: 'Card',
    size: 'lg',
    children: [
      { type: 'Title', value: 'Orders of the week', size: 'lg' },
      ...Array.from({ length: rows }, (_, row) => ({
        type: 'Row',
        gap: 3,
        align: 'center',
        padding: 2,
        border: { bottom: 1 },
        children: [
          { type: 'Icon', name: 'check-circle', color: 'success' },
          {
            type: 'Col',
            flex: 1,
            children: [
              { type: 'Text', value: `Order #${18_000 + row}`, weight: 'semibold' },
              { type: 'Caption', value: 'Two pairs of socks and a tent, express' },
              { type: 'Markdown', value: `Left the warehouse at **${row}:15**` },
            ],
          },
          {
            type: 'Row',
            gap: 1,
            children: [
              { type: 'Badge', label: row % 3 === 0 ? 'Late' : 'On time', color: row % 3 === 0 ? 'danger' : 'success' },
              { type: 'Badge', label: `${row + 1} items`, color: 'secondary' },
            ],
          },
          { type: 'Spacer' },
          { type: 'Box', width: 8, height: 8, radius: 'full', background: 'surface-tertiary' },
          { type: 'Text', value: `${row * 13}.90 €`, color: 'secondary', textAlign: 'end' },
          { type: 'Divider' },
          { type: 'Button', label: 'Open', size: 'sm', onClickAction: { type: 'open', payload: { row } } },
        ],
      })),
    ],
  };
}

function nodesOf(json: Json): number {
  if (Array.isArray(json)) return json.reduce<number>((sum, part) => sum + nodesOf(part as Json), 0);
  if (typeof json !== 'object' || json === null) return 0;
  return 1 + nodesOf((json as { children?: Json }).children ?? null);
}

/** Bundled as the webviews are, beside them. */
async function bundlePage(): Promise<string> {
  const entry = 'bench-widget';
  await build({
    entryPoints: { [entry]: join(root, 'bench', 'page', 'widgetPage.tsx') },
    outdir: join(dist, 'webview'),
    bundle: true,
    minify: true,
    splitting: true,
    format: 'esm',
    platform: 'browser',
    target: 'chrome128',
    jsx: 'automatic',
    chunkNames: 'chunks/[name]-[hash]',
    loader: { '.ttf': 'file', '.woff2': 'file' },
    define: { 'process.env.NODE_ENV': '"production"' },
    logLevel: 'warning',
  });
  return entry;
}

/** A `.widget` file whose template is that card, with a text that grows as a user types. */
function fileOf(sample: string, typed: number): string {
  const file = JSON.parse(sample) as Record<string, unknown>;
  const text = JSON.stringify(cardOf(21)).replace('Orders of the week', `Orders of the week ${'x'.repeat(typed % 40)}`);
  return JSON.stringify({ ...file, template: text }, undefined, 2);
}

/** Times from a changed document to the frame that shows it, ms. */
async function keystrokes(page: Page, count: number): Promise<readonly number[]> {
  const sample = await readFile(join(root, 'samples', 'order.widget'), 'utf8');
  const preview = await new FakePreview({ text: fileOf(sample, 0) }).open(page);
  await page.getByText('Orders of the week').first().waitFor();
  const times: number[] = [];
  for (let typed = 1; typed <= count; typed++) {
    const text = fileOf(sample, typed);
    // The page marks the frame in which it has rendered the widget; a message arrives after that frame.
    const painted = page.evaluate(
      () =>
        new Promise<number>((resolve) => {
          const observer = new PerformanceObserver((list) => {
            if (list.getEntriesByName('widget-preview-painted').length === 0) return;
            observer.disconnect();
            const { port1, port2 } = new MessageChannel();
            port1.onmessage = () => resolve(performance.timeOrigin + performance.now());
            port2.postMessage(null);
          });
          observer.observe({ type: 'mark' });
        }),
    );
    const start = epochNow();
    preview.write(text);
    times.push((await painted) - start);
  }
  return times;
}

export const benches: readonly Bench[] = [
  {
    names: ['widget-keystroke'],
    run: async ({ rounds = 60 }) => {
      const times = (await inChromium((page) => keystrokes(page, rounds + 5))).slice(5);
      return [
        {
          ...alone,
          limit: 100,
          limitName: 'the mark',
          ours: quantile(times, 0.95) + gathering,
          unit: 'ms',
          rounds,
          note: `p95, edit to repainted, of the same card as a template, in light and dark; ${gathering} ms for which edits are gathered are added; median ${(median(times) + gathering).toFixed(1)} ms`,
        },
      ];
    },
  },
  {
    names: ['widget-draw'],
    run: async ({ rounds = 40 }) => {
      const card = cardOf(21);
      const text = JSON.stringify(card);
      const entry = await bundlePage();
      const times = await inChromium(async (page) => {
        await openWebviewPage(page, { entry });
        const draws: number[] = [];
        for (let round = -3; round < rounds; round++) {
          const ms = await page.evaluate((json) => window.drawWidget(json, true), text);
          if (round >= 0) draws.push(ms);
        }
        return draws;
      });
      return [
        {
          ...alone,
          limit: 100,
          limitName: 'the mark',
          ours: quantile(times, 0.95),
          unit: 'ms',
          rounds,
          note: `p95, parse to painted, of a card of ${nodesOf(card)} nodes; median ${median(times).toFixed(1)} ms`,
        },
      ];
    },
  },
];

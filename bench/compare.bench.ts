import { threadComparison } from '../src/threads/common/compare/compareThreads.ts';
import { openComparison } from '../test/browser/threads/compareHost.ts';
import { items } from '../test/browser/threads/compareItems.ts';
import { serveWebviews } from '../test/support/webviewPage.ts';
import { alone, median, type Bench } from './bench.ts';
import { inChromium } from './page/browser.ts';

const count = 2_000;
const differences = 50;

/** Runs in the page, before its own script: notes when the first difference has been painted, ms since the navigation. */
function notePaint(): void {
  const noted = window as unknown as { painted?: number };
  new MutationObserver((_changes, observer) => {
    if (document.querySelector('article') === null) return;
    observer.disconnect();
    requestAnimationFrame(() => setTimeout(() => (noted.painted = performance.now())));
  }).observe(document, { childList: true, subtree: true });
}

export const benches: readonly Bench[] = [
  {
    names: ['compare-2k'],
    run: ({ rounds = 5 }) =>
      inChromium(async (page) => {
        const thread = { id: 'thr_1', title: 'Orders', status: { type: 'active' } as const };
        const left = { thread, items: items(count) };
        const right = {
          thread,
          items: items(count, (at) => (at % (count / differences) === 10 ? `changed ${at}` : null)),
        };
        const times: number[] = [];
        const server = await serveWebviews();
        let shown = '';
        for (let round = 0; round < rounds; round++) {
          const own = await page.context().newPage();
          await own.addInitScript(notePaint);
          const start = performance.now();
          const comparison = threadComparison(left, right);
          const compared = performance.now() - start;
          await openComparison(own, comparison, { server });
          const painted = await own.waitForFunction(() => (window as unknown as { painted?: number }).painted);
          times.push(compared + ((await painted.jsonValue()) ?? 0));
          shown = (await own.getByRole('status').first().textContent()) ?? '';
          await own.close();
        }
        server.close();
        const note = `two threads of ${count} items; shows “${shown}”; limit 300 ms`;
        return [{ ...alone, ours: median(times), unit: 'ms', rounds, note }];
      }),
  },
];

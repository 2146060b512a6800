import type { Page } from '@playwright/test';
import { FakeHost } from '../test/browser/inspector/fakeHost.ts';
import { inTurn, median, quantile, type Bench } from './bench.ts';
import { firstItemsOfLong } from './editor/threads.ts';
import { frameCosts, inChromium } from './page/browser.ts';
import { countBlanks, scrollOn, scrollOnce } from './page/scrolling.ts';

const count = 10_000;
/** px a frame: 24,000 px a second, faster than a hand on a wheel. */
const step = 400;
/** Frames are looked at in so many places of the thread, so many in each. */
const places = 10;
const framesEach = 60;

const staticPage = (height: number) => `<!doctype html>
<style>body { margin: 0 } .scroller { height: 100vh; overflow: auto } p { margin: 0; height: ${height / count}px }</style>
<div class="scroller">${'<p>A line of text that is there from the start.</p>'.repeat(count)}</div>`;

/** Script and layout of single frames, ms, all over the thread. */
async function costs(page: Page): Promise<{ all: number[]; script: number[]; layout: number[] }> {
  const take = await frameCosts(page);
  const found = { all: [] as number[], script: [] as number[], layout: [] as number[] };
  for (let place = 0; place < places; place++) {
    await goTo(page, place / places);
    await take();
    for (let frame = 0; frame < framesEach; frame++) {
      await page.evaluate(scrollOnce, step);
      const { script, layout } = await take();
      found.script.push(script);
      found.layout.push(layout);
      found.all.push(script + layout);
    }
  }
  return found;
}

/** Scrolls to a place: 0 is the top, 1 the end. A jump: the rows there are drawn when this resolves. */
async function goTo(page: Page, share: number): Promise<void> {
  await page.evaluate((to) => {
    const scroller = document.querySelector('.scroller');
    if (scroller) scroller.scrollTop = scroller.scrollHeight * to;
  }, share);
  for (let frame = 0; frame < 5; frame++) await page.evaluate(scrollOnce, 0);
}

/** Times between frames, ms, all over the thread. */
async function intervals(page: Page): Promise<number[]> {
  await page.bringToFront();
  const found: number[] = [];
  for (let place = 0; place < places; place++) {
    await goTo(page, place / places);
    found.push(...(await page.evaluate(scrollOn, { step, frames: framesEach })));
  }
  return found;
}

export const benches: readonly Bench[] = [
  {
    names: ['scroll-10k', 'scroll-10k-interval'],
    run: ({ rounds = 5 }) =>
      inChromium(async (page) => {
        const items = await firstItemsOfLong(count);
        const host = new FakeHost({ items, pageSize: 100 });
        await host.store.loadAll(host.threadId, new AbortController().signal);
        await host.open(page);
        await page.locator('header', { hasText: '10,000 items' }).waitFor();
        await page.locator('article').last().waitFor();
        // Once through: heights that were guessed are known then.
        await goTo(page, 0);
        const { blanks, frames } = await page.evaluate(countBlanks, step);
        const height = await page.evaluate(() => document.querySelector('.scroller')?.scrollHeight ?? 0);
        const still = await page.context().newPage();
        await still.setContent(staticPage(height));
        const times = { ours: [] as number[], still: [] as number[] };
        for (let round = 0; round < rounds; round++) {
          for (const side of inTurn(round, ['ours', 'still'] as const)) {
            times[side].push(quantile(await intervals(side === 'ours' ? page : still), 0.95));
          }
        }
        const stillCosts = await costs(still);
        await page.bringToFront();
        const ourCosts = await costs(page);
        const parts = `p95 of script ${quantile(ourCosts.script, 0.95).toFixed(1)} ms, of layout ${quantile(ourCosts.layout, 0.95).toFixed(1)} ms; median frame ${median(ourCosts.all).toFixed(1)} ms`;
        return [
          {
            ours: quantile(ourCosts.all, 0.95),
            peer: quantile(stillCosts.all, 0.95),
            peerName: 'a static page of the same height',
            limit: null,
            limitName: null,
            unit: 'ms',
            note: `p95 of script and layout of ${ourCosts.all.length} frames; ${parts}; ${blanks} of ${frames} frames showed a blank`,
          },
          {
            ours: median(times.ours),
            peer: median(times.still),
            peerName: 'a static page of the same height',
            limit: null,
            limitName: null,
            unit: 'ms',
            rounds,
            note: `p95 of the time between ${places * framesEach} frames a round`,
          },
        ];
      }),
  },
];

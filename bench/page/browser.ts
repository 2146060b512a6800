import { chromium, type Browser, type Page } from '@playwright/test';
import { ensureChromium, launchOptions } from '../../scripts/lib/chromium.mjs';

/** A Chromium that ends with this process, and leaves it to this process to end. */
export async function launchChromium(): Promise<Browser> {
  const handled = { handleSIGINT: false, handleSIGTERM: false, handleSIGHUP: false };
  return chromium.launch({ ...launchOptions(await ensureChromium()), ...handled });
}

/** Gives a page of a Chromium of its own, and closes both afterwards. */
export async function inChromium<T>(body: (page: Page) => Promise<T>): Promise<T> {
  const browser = await launchChromium();
  try {
    const context = await browser.newContext({ viewport: { width: 1000, height: 800 } });
    const page = await context.newPage();
    page.setDefaultTimeout(120_000);
    return await body(page);
  } finally {
    await browser.close();
  }
}

export interface FrameCost {
  /** JavaScript, ms. */
  readonly script: number;
  /** Style and layout, ms. */
  readonly layout: number;
}

/** Reports the cost of script and layout between two calls, all of the page's frames together. */
export async function frameCosts(page: Page): Promise<() => Promise<FrameCost>> {
  const session = await page.context().newCDPSession(page);
  await session.send('Performance.enable');
  const read = async () => {
    const { metrics } = await session.send('Performance.getMetrics');
    const of = (name: string) => (metrics.find((metric) => metric.name === name)?.value ?? 0) * 1000;
    return { script: of('ScriptDuration'), layout: of('LayoutDuration') + of('RecalcStyleDuration') };
  };
  let last = await read();
  return async () => {
    const before = last;
    last = await read();
    return { script: last.script - before.script, layout: last.layout - before.layout };
  };
}

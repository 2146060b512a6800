import { expect, test, type Page } from '@playwright/test';
import { openWebviewPage, type WebviewPage } from '../support/webviewPage.ts';

const parent = 'http://webview.localhost/parent';
const stranger = 'http://stranger.localhost/';

/** A page in a frame, as the editor has it, beside a frame with a page of another origin. */
async function openInFrame(page: Page, entry: string): Promise<WebviewPage> {
  const webview = await openWebviewPage(page, { entry });
  await page.addInitScript(() => {
    if (location.pathname !== '/' || location.hostname !== 'webview.localhost') return;
    // The editor does the same before the page runs.
    window.parent = window;
    window.addEventListener('message', ({ data }) =>
      document.body.setAttribute('data-heard', /"id":(\d+)/.exec(String(data))?.[1] ?? ''),
    );
  });
  const html = `<!doctype html><iframe name="ours" src="/"></iframe><iframe name="stranger" src="${stranger}"></iframe>`;
  await page.route(parent, (route) => route.fulfill({ contentType: 'text/html', body: html }));
  await page.route(stranger, (route) => route.fulfill({ contentType: 'text/html', body: '<!doctype html>' }));
  await page.goto(parent);
  return webview;
}

/** Posts a request that every page answers, with an error: its method is unknown. Waits until the page has got it. */
async function post(page: Page, from: 'parent' | 'stranger', id: number): Promise<void> {
  const frame = from === 'parent' ? page.mainFrame() : page.frame({ name: from });
  const request = JSON.stringify({ type: 'request', id, method: 'unknown', params: {} });
  await frame?.evaluate((text) => (window.top as Window)[0]?.postMessage(text, '*'), request);
  await expect(page.frameLocator('[name=ours]').locator('body')).toHaveAttribute('data-heard', String(id));
}

for (const entry of ['inspector', 'widgetPreview']) {
  test(`${entry}: accepts messages of the parent window only`, async ({ page }) => {
    const webview = await openInFrame(page, entry);
    const answers = () => webview.messages.flatMap((message) => JSON.stringify(message).match(/"id":10\d/g) ?? []);
    // The page posts its first request once it listens.
    await expect.poll(() => webview.messages.length).toBe(2);
    await post(page, 'stranger', 101);
    await post(page, 'parent', 102);
    await expect.poll(answers).toEqual(['"id":102']);
  });
}

test('a module runs only with the nonce, whatever its origin', async ({ page }) => {
  const webview = await openWebviewPage(page, { entry: 'inspector' });
  webview.expectHealthy();
  await page.evaluate(() => {
    const script = document.createElement('script');
    script.type = 'module';
    script.src = '/widgetPreview.js';
    document.body.append(script);
  });
  await expect.poll(() => webview.health.problems.join('\n')).toMatch(/Content Security Policy/);
});

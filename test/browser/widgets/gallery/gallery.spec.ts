import { expect, test } from '@playwright/test';
import { expectAccessible, expectNoAxeViolations } from '../../../support/axe.ts';
import { openGallery } from './openGallery.ts';

test('a starting point is found and selected by keyboard', async ({ page }) => {
  const { calls, page: webview } = await openGallery(page);
  await expect(page.getByRole('main', { name: 'Widget gallery' })).toBeVisible();
  await expect(page.getByRole('tabpanel').getByRole('listitem').getByRole('button')).toHaveCount(10);
  await expect(page.getByRole('searchbox', { name: 'Search' })).toBeFocused();
  await page.keyboard.type('chart');
  const found = page.getByRole('button', { name: /^Chart/ });
  await expect(page.getByRole('tabpanel').getByRole('listitem').getByRole('button')).toHaveCount(1);
  await page.keyboard.press('Tab');
  await page.keyboard.press('Tab');
  await expect(found).toBeFocused();
  await page.keyboard.press('Enter');
  await expect
    .poll(() => calls.filter(({ method }) => method === 'create'))
    .toEqual([{ method: 'create', params: { starter: 'chart' } }]);
  webview.expectHealthy();
});

test('every component is listed with its properties and JSON, and can be copied', async ({ page }) => {
  const { calls, page: webview } = await openGallery(page, { state: { tab: 'components' } });
  const links = page.getByRole('navigation', { name: 'Components' }).getByRole('button');
  await expect(links).toHaveCount(30);
  for (const name of await links.allTextContents()) {
    await links.getByText(name, { exact: true }).click();
    const article = page.getByRole('article', { name, exact: true });
    await expect(article.locator('details').first()).toBeAttached();
  }
  await page.getByRole('searchbox', { name: 'Search' }).fill('discovery badge');
  await expect(links).toHaveText(['Badge']);
  await expect(page.getByRole('rowheader', { name: 'color' })).toBeVisible();
  await page.getByRole('button', { name: 'Copy as Python' }).first().click();
  await expect
    .poll(() => JSON.stringify(calls.find(({ method }) => method === 'copyText')?.params))
    .toContain('from chatkit.widgets import');
  await page.getByRole('searchbox', { name: 'Search' }).fill('no such thing');
  await expect(page.getByText('No matching components.')).toBeVisible();
  webview.expectHealthy();
});

test('has no accessibility violations', async ({ page }) => {
  test.setTimeout(180_000);
  const { page: webview } = await openGallery(page);
  await expect(page.getByRole('button', { name: /^Chart/ })).toBeVisible();
  await expectNoAxeViolations(page, { include: ['main'], exclude: ['[data-widget-root]'] });
  await page.getByRole('tab', { name: 'Components' }).click();
  await expect(page.getByRole('article', { name: 'Card' })).toBeVisible();
  await expectAccessible(webview, { include: ['main'], exclude: ['[data-widget-root]'] });
});

for (const theme of ['light', 'dark', 'hc-dark', 'hc-light'] as const) {
  test(`shows whole tiles in ${theme} and at 400 px`, async ({ page }, info) => {
    await openGallery(page, { theme });
    await expect(page.getByRole('button', { name: /^Progress/ })).toBeVisible();
    for (const thumbnail of await page.locator('.thumbnail').all()) {
      const bottomOf = (element: Element) => element.getBoundingClientRect().bottom;
      const frame = await thumbnail.evaluate(bottomOf);
      const card = thumbnail.locator('[data-widget-root] > *').first();
      await expect.poll(() => card.evaluate(bottomOf)).toBeLessThanOrEqual(frame);
    }
    await page.screenshot({ path: info.outputPath(`starters-${theme}.png`) });
    await page.getByRole('tab', { name: 'Components' }).click();
    await expect(page.getByRole('article', { name: 'Card' })).toBeVisible();
    await page.screenshot({ path: info.outputPath(`components-${theme}.png`) });
    await page.setViewportSize({ width: 400, height: 700 });
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(400);
    if (theme !== 'light') return;
    await page.getByRole('tab', { name: 'Starting Points' }).click();
    await page.evaluate(() => (document.documentElement.dir = 'rtl'));
    await page.setViewportSize({ width: 900, height: 700 });
    await page.screenshot({ path: info.outputPath('starters-rtl.png') });
  });
}

test('the names of properties have the colour of text in high contrast light', async ({ page }) => {
  await openGallery(page, { theme: 'hc-light' });
  await page.getByRole('tab').nth(1).click();
  const name = page.locator('.properties tbody th code').first();
  await expect(name).toHaveCSS('color', await page.locator('body').evaluate((body) => getComputedStyle(body).color));
});

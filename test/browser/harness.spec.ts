import { expect, test } from '@playwright/test';
import { readTheme, themeNames } from '../support/themes.ts';
import { openWebviewPage } from '../support/webviewPage.ts';

for (const name of themeNames) {
  test(`a page has the colors and classes of the editor: ${name}`, async ({ page }) => {
    await openWebviewPage(page, { entry: 'inspector', theme: name });
    const { classes, variables } = readTheme(name);
    await expect(page.locator('body')).toHaveClass(classes);
    const read = () => document.documentElement.style.getPropertyValue('--vscode-editor-foreground');
    expect(await page.evaluate(read)).toBe(variables['--vscode-editor-foreground']);
  });
}

test('an inline script is blocked and reported', async ({ page }) => {
  const webview = await openWebviewPage(page, { entry: 'inspector' });
  webview.expectHealthy();
  await page.evaluate(() => {
    const script = document.createElement('script');
    script.textContent = 'window.ran = true';
    document.body.append(script);
  });
  expect(await page.evaluate(() => 'ran' in window)).toBe(false);
  expect(() => webview.expectHealthy()).toThrow(/Content Security Policy/);
});

test('a request to another origin is blocked and reported', async ({ page }) => {
  const webview = await openWebviewPage(page, { entry: 'inspector' });
  await page.goto('http://example.invalid/').catch(() => undefined);
  expect(webview.requests).toEqual(['http://example.invalid/']);
});

import { expect, test } from '@playwright/test';
import { FakeHost } from './fakeHost.ts';
import { assistant, thread } from './items.ts';

const hebrew = 'הפקודה היא `npm run build -- --watch` (12), ואז 3 קבצים.';
const text = `${hebrew}\n\nEnglish first.\n\n- פריט אחד\n- פריט שני\n\n> ציטוט\n\n| עמודה | B |\n|---|---|\n| א | 1 |\n\nIt costs $5 and $6, \\(a^2\\) and $x^2$, but $$y^2$$ is a formula.`;

test('each block has the direction of its text, inline code is isolated, and only $$ draws a formula', async ({
  page,
}, info) => {
  const items = thread([assistant(text)]);
  await new FakeHost({ items }).open(page);
  const markdown = page.locator('.markdown').first();
  await expect(markdown).toBeVisible();
  // The page may draw the text again while it loads, so each style is polled.
  const directions = { p: 'rtl', 'p:nth-of-type(2)': 'ltr', ul: 'rtl', blockquote: 'rtl', table: 'rtl', code: 'ltr' };
  for (const [selector, direction] of Object.entries(directions)) {
    await expect(markdown.locator(selector).first()).toHaveCSS('direction', direction);
  }
  await expect(markdown.locator('code').first()).toHaveCSS('unicode-bidi', 'isolate');
  const box = async (selector: string) => {
    const { x = Number.NaN, width = Number.NaN } = (await markdown.locator(selector).first().boundingBox()) ?? {};
    return { right: x + width };
  };
  expect((await box('table')).right, 'a table starts where its text does').toBe((await box('p')).right);
  await expect(markdown.locator('blockquote > p').last(), 'no space below').toHaveCSS('margin-bottom', '0px');
  await expect(markdown.locator('[data-math]')).toHaveCount(1);
  await expect(markdown).toContainText('It costs $5 and $6, ');
  await expect(markdown).toContainText('$x^2$');
  await page.screenshot({ path: info.outputPath('direction.png') });
});

test('a setting draws all formulas', async ({ page }) => {
  await new FakeHost({ items: thread([assistant(text)]), state0: { allFormulas: true } }).open(page);
  const markdown = page.locator('.markdown').first();
  await expect(markdown.locator('[data-math]')).toHaveCount(3);
  await expect(markdown).toContainText('It costs $5 and $6, ');
});

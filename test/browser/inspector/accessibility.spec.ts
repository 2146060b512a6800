import { expect, test } from '@playwright/test';
import { expectAccessible, expectNoAxeViolations } from '../../support/axe.ts';
import { themeNames } from '../../support/themes.ts';
import { FakeHost } from './fakeHost.ts';
import { everyKind, task, thread, tool, user } from './items.ts';

// The colours inside a drawn widget are its author's.
const exclude = ['[data-widget-root]'];

test('axe finds no violations', async ({ page }) => {
  await page.setViewportSize({ width: 1100, height: 2400 });
  const host = await new FakeHost({ items: thread(everyKind) }).open(page);
  await expect(page.locator('[data-widget-root]')).toBeVisible();
  await page.locator('article').first().getByRole('button', { name: 'Show JSON' }).focus();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('group', { name: 'JSON' })).toBeVisible();
  await expectNoAxeViolations(page, { exclude });
  await page.getByRole('button', { name: 'Filter by Kind' }).click();
  await expectAccessible(host.page, { exclude });
  host.page.expectHealthy();
});

const problem = { message: 'The API key was not accepted.', detail: 'Status 401', action: 'Set Credentials…' };

test('axe finds no violations in error states', async ({ page }) => {
  const activity = {
    loading: [],
    problems: [
      { place: 'thread' as const, ...problem },
      { place: 'older' as const, ...problem, message: 'No answer in time.' },
    ],
    deleted: false,
  };
  await new FakeHost({ items: thread(everyKind), pageSize: 5, state0: { activity } }).open(page);
  await expect(page.getByRole('alert')).toContainText('The API key was not accepted.');
  await page.getByRole('button', { name: 'Details' }).click();
  await expectNoAxeViolations(page, { exclude });
});

for (const theme of themeNames) {
  test(`marks of the map and the bar of a turn have sufficient contrast, ${theme}`, async ({ page }) => {
    await page.setViewportSize({ width: 1100, height: 700 });
    await new FakeHost({ items: thread(everyKind), theme }).open(page);
    await expect(page.locator('.map > .open').first()).toBeVisible();
    await expect(page.locator('.turn-bar > .client_tool_call').first()).toBeVisible();
    // One step in the page: a mark that is rendered again between two steps has no colours.
    const seen = await page.evaluate(() =>
      [...document.querySelectorAll('.map > span, .turn-bar > span')].map((element) => {
        const { backgroundColor, opacity } = getComputedStyle(element);
        return { name: element.className, colour: backgroundColor, opacity };
      }),
    );
    expect(seen.length).toBeGreaterThan(1);
    const background = await page.evaluate(() => getComputedStyle(document.body).backgroundColor);
    const faint = seen.filter(({ colour, opacity }) => contrast(colour, Number(opacity), background) < 3);
    expect(faint).toEqual([]);
  });
}

/** WCAG's ratio of a colour, as the browser writes it, before a background without transparency. */
function contrast(colour: string, opacity: number, background: string): number {
  const parts = (text: string) => (text.match(/[\d.]+/g) ?? []).map(Number);
  const [back, front] = [parts(background), parts(colour)];
  const alpha = (front[3] ?? 1) * opacity;
  const light = (channels: readonly number[]) => {
    const [red = 0, green = 0, blue = 0] = channels.map((channel) => {
      const part = channel / 255;
      return part <= 0.03928 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
  };
  const mixed = [0, 1, 2].map((index) => (front[index] ?? 0) * alpha + (back[index] ?? 0) * (1 - alpha));
  const [low = 0, high = 0] = [light(mixed), light(back.slice(0, 3))].sort((one, other) => one - other);
  return (high + 0.05) / (low + 0.05);
}

test('forced colors keep marks that use color', async ({ page }) => {
  await page.emulateMedia({ forcedColors: 'active' });
  await new FakeHost({ items: thread(everyKind), theme: 'hc-dark' }).open(page);
  const open = page.locator('.row-body.open');
  await expect(open).toHaveCount(2); // a form and a tool call
  for (const body of await open.all()) await expect(body).toHaveCSS('border-inline-start-style', 'solid');
  // Colours are the system's now, and axe does not see them.
  await expectNoAxeViolations(page, { exclude, disableRules: ['color-contrast'] });
});

for (const [name, viewport] of Object.entries({
  'narrow panel': { width: 360, height: 800 },
  '200 % zoom': { width: 640, height: 400 },
})) {
  test(`reflows without horizontal scrolling: ${name}`, async ({ page }) => {
    await page.setViewportSize(viewport);
    const wide = 'w'.repeat(400);
    await new FakeHost({
      items: thread([...everyKind, tool(wide, { [wide]: wide }, { [wide]: wide })]),
      title: wide,
    }).open(page);
    await expect(page.locator('article').last()).toBeVisible();
    const overflow = await page.evaluate(() => {
      const scroller = document.querySelector('.scroller') ?? document.body;
      return [document.documentElement, scroller].map(({ scrollWidth, clientWidth }) => scrollWidth - clientWidth);
    });
    expect(overflow).toEqual([0, 0]);
    for (const name of ['Refresh', 'Follow', 'Filter by Kind', 'Jump to Start', 'Jump to Latest', 'More Actions…']) {
      await expect(page.getByRole('button', { name, exact: true })).toBeInViewport();
    }
    await expectNoAxeViolations(page, { exclude });
  });
}

for (const [name, options] of Object.entries({
  'the system asks for it': { media: true, bodyClasses: [] },
  'the editor asks for it': { media: false, bodyClasses: ['vscode-reduce-motion'] },
})) {
  test(`there is no motion when ${name}`, async ({ page }) => {
    if (options.media) await page.emulateMedia({ reducedMotion: 'reduce' });
    // Only an item that can still change spins.
    const items = thread([user('Hello'), { kind: 'task', task: task({ title: 'Fetching', progress: 'loading' }) }]);
    await new FakeHost({ items, bodyClasses: options.bodyClasses }).open(page);
    const spinner = page.locator('.codicon-modifier-spin').first();
    await expect(spinner).toBeAttached();
    await expect(spinner).toHaveCSS('animation-name', 'none');
  });
}

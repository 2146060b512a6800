import { expect, test } from '@playwright/test';
import { parseJsonText } from '../../../src/base/common/parseJson.ts';
import { FakeHost } from './fakeHost.ts';
import { assistant, task, thread, tool, user } from './items.ts';

const attack = [
  '<script>window.ran = "script"</script>',
  '<img src="https://evil.example/x.png" onerror="window.ran = 1">',
  '<svg onload="window.ran = 1"><a xlink:href="javascript:window.ran=1">x</a></svg>',
  '<style>body { background: url(https://evil.example/css) }</style>',
  '<iframe src="https://evil.example/frame"></iframe>',
  '[a](javascript:window.ran=1) [b](command:workbench.action.quit) [c](vscode://x/y) [d](http://plain.example/)',
  '[e](data:text/html,<script>1</script>) [f](chatkit-link://x) <javascript:window.ran=1>',
  '![pixel](https://evil.example/pixel.png) ![inline](data:image/svg+xml,<svg/onload=window.ran=1>)',
  '![ref][r]\n\n[r]: https://evil.example/ref.png',
  '$\\href{javascript:window.ran=1}{x}$ $\\includegraphics{https://evil.example/tex.png}$ $\\htmlStyle{color:red}{x}$',
  '```html\n<img src=x onerror="window.ran = 1">\n```',
  '<math><mi//xlink:href="data:x,<script>window.ran=1</script>">',
].join('\n\n');

test('hostile content runs no script, sends no request and changes no other element', async ({ page }) => {
  await page.setViewportSize({ width: 1000, height: 6000 });
  const host = await new FakeHost({
    title: attack,
    items: thread([
      user(attack),
      assistant(attack),
      tool(attack, { [attack]: attack }, { [attack]: attack }),
      { kind: 'task', task: task({ title: attack, content: attack, queries: [attack] }) },
      { kind: 'widget', widget: parseJsonText(attack), copyText: attack },
      {
        kind: 'widget',
        widget: parseJsonText(
          JSON.stringify({
            type: 'Card',
            background: 'url(https://evil.example/bg)',
            children: [
              { type: 'Markdown', value: attack },
              { type: 'Text', value: attack },
              { type: 'Image', src: 'https://evil.example/image.png' },
            ],
          }),
        ),
        copyText: null,
      },
      { kind: 'unknown', wireType: attack, problem: attack },
      { kind: 'generated_image', image: { id: 'x', url: 'javascript:window.ran=1' }, progress: null },
    ]),
  }).open(page);
  await expect(page.locator('[data-item-type=generated_image]')).toBeVisible();
  await expect(page.locator('[data-widget-root]')).toBeVisible();

  const found = await page.evaluate(() => ({
    ran: 'ran' in window,
    elements: document.querySelectorAll('#root :is(script, style, iframe, object, embed, form, base, meta, link)')
      .length,
    handlers: [...document.querySelectorAll('#root *')].filter((element) =>
      element.getAttributeNames().some((name) => name.startsWith('on')),
    ).length,
    remote: [...document.querySelectorAll<HTMLElement>('#root [src], #root [srcset], #root [poster]')]
      .map((element) => element.getAttribute('src'))
      .filter((src) => !src?.startsWith('data:image/')),
    links: [...document.querySelectorAll<HTMLAnchorElement>('#root a')].map((link) => link.protocol),
  }));
  expect(found.ran).toBe(false);
  expect(found.elements).toBe(0);
  expect(found.handlers).toBe(0);
  expect(found.remote).toEqual([]);
  expect(found.links.filter((protocol) => protocol !== 'https:' && protocol !== 'mailto:')).toEqual([]);
  expect(host.calls.map(({ method }) => method)).not.toContain('image');
  host.page.expectHealthy();
});

test('direction overrides in a text do not affect other texts', async ({ page }) => {
  await new FakeHost({ items: thread([user('\u202Eevil')]), title: '\u202Eevil' }).open(page);
  const isolation = await page.locator('h1').evaluate((element) => getComputedStyle(element).unicodeBidi);
  expect(['isolate', 'plaintext', 'isolate-override']).toContain(isolation);
});

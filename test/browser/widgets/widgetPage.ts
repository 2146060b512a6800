import { mkdir, mkdtemp, readFile, rm } from 'node:fs/promises';
import { extname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { test as base, expect, type Page } from '@playwright/test';
import { build } from 'esbuild';
import type { Json } from '../../../src/base/common/json.ts';
import { renderWebviewHtml } from '../../../src/base/common/webviewHtml.ts';
import { ConsoleHealth } from '../../support/console.ts';
import type { ThemeName } from '../../support/themes.ts';
import { readDefaultStyles, readTheme } from '../../support/themes.ts';
import type { DrawRequest } from './page.tsx';

/** What the host gives for every picture. */
const picture =
  'data:image/svg+xml,<svg xmlns="http://www.w3.org/2000/svg" width="320" height="200"><rect width="320" height="200" fill="%2389a"/><circle cx="160" cy="100" r="60" fill="%23bcd"/></svg>';

const origin = 'http://widgets.localhost';
const root = fileURLToPath(new URL('../../../', import.meta.url));
const mimeTypes: Readonly<Record<string, string>> = { '.js': 'text/javascript', '.css': 'text/css' };

/** A font that is the same on every machine, for pictures that are compared. */
const font = join(root, 'node_modules/katex/dist/fonts/KaTeX_SansSerif-Regular.woff2');

/** Bundles the page as the webviews are bundled; gives its folder. */
async function bundle(): Promise<string> {
  const tmp = join(root, '.vscode-test/tmp');
  await mkdir(tmp, { recursive: true });
  const outdir = await mkdtemp(join(tmp, 'widgets-'));
  await build({
    entryPoints: { page: join(root, 'test/browser/widgets/page.tsx') },
    absWorkingDir: root,
    outdir,
    bundle: true,
    splitting: true,
    format: 'esm',
    platform: 'browser',
    target: 'chrome128',
    jsx: 'automatic',
    chunkNames: 'chunks/[name]-[hash]',
    loader: { '.ttf': 'file', '.woff2': 'file' },
    define: { 'process.env.NODE_ENV': '"development"' },
    logLevel: 'warning',
  });
  return outdir;
}

/** Widgets drawn in a plain page: the real Content Security Policy, a theme's real colours. */
export class WidgetPage {
  readonly page: Page;
  readonly health: ConsoleHealth;
  readonly theme: ThemeName;
  /** Addresses outside of its own files that the page itself asked for; they are refused. */
  readonly requests: string[] = [];
  /** Pictures that it asked the host for; each gets a small one. */
  readonly images: string[] = [];

  constructor(page: Page, theme: ThemeName) {
    this.page = page;
    this.theme = theme;
    this.health = new ConsoleHealth(page, () => true);
  }

  /** Draws with a font that is the same everywhere. */
  async useFixedFont(): Promise<void> {
    await this.page.evaluate(async () => {
      const face = new FontFace('Fixed Sans', 'url(/font.woff2)');
      document.fonts.add(await face.load());
      const { style } = document.documentElement;
      style.setProperty('--vscode-font-family', 'Fixed Sans');
      style.setProperty('--vscode-editor-font-family', 'Fixed Sans');
    });
  }

  /** Draws widgets and waits until they stand there, chunks and pictures that they load included. */
  async draw(
    widgets: readonly Json[],
    options: Omit<Partial<DrawRequest>, 'widgets' | 'view'> & Partial<DrawRequest['view']> = {},
  ) {
    const { sends = false, ...view } = options;
    const theme = this.theme.endsWith('light') ? 'light' : 'dark';
    // As text: the test runner's own way of passing values is slow with deep ones.
    await this.page.evaluate(drawIn, JSON.stringify({ widgets, sends, view: { theme, ...view } }));
    await expect(this.page.locator('[data-widget-root]')).toHaveCount(widgets.length);
  }
}

/** Runs in the page. */
function drawIn(request: string): Promise<void> {
  return window.drawWidgets(JSON.parse(request) as DrawRequest);
}

async function openWidgetPage(page: Page, folder: string, theme: ThemeName): Promise<WidgetPage> {
  const widgets = new WidgetPage(page, theme);
  const html = renderWebviewHtml({
    nonce: 'dGVzdCBub25jZSBvZiBhIHRlc3Q=',
    cspSource: origin,
    script: `${origin}/page.js`,
    styles: [`${origin}/defaults.css`, `${origin}/page.css`],
    locale: 'en',
    title: 'Widgets',
  });
  await page.route('**/*', async (route) => {
    const { origin: from, pathname } = new URL(route.request().url());
    if (from !== origin) {
      widgets.requests.push(route.request().url());
      return route.abort();
    }
    if (pathname === '/') return route.fulfill({ contentType: 'text/html', body: html });
    if (pathname === '/defaults.css') return route.fulfill({ contentType: 'text/css', body: readDefaultStyles() });
    if (pathname === '/font.woff2') return route.fulfill({ contentType: 'font/woff2', path: font });
    const body = await readFile(join(folder, pathname)).catch(() => undefined);
    if (!body) return route.fulfill({ status: 404, body: '' });
    return route.fulfill({ contentType: mimeTypes[extname(pathname)] ?? 'application/octet-stream', body });
  });
  await page.exposeFunction('hostLoadImage', (url: string) => {
    widgets.images.push(url);
    return picture;
  });
  await page.goto(`${origin}/`);
  await page.evaluate(({ classes, variables }) => {
    for (const [name, value] of Object.entries(variables)) document.documentElement.style.setProperty(name, value);
    document.body.className = classes;
    document.body.style.background = 'var(--vscode-editor-background)';
  }, readTheme(theme));
  await page.waitForFunction(() => 'drawWidgets' in window);
  return widgets;
}

/** Opens the page in a theme; dark unless said otherwise. */
export type OpenWidgets = (theme?: ThemeName) => Promise<WidgetPage>;

export const test = base.extend<{ openWidgets: OpenWidgets }, { widgetBundle: string }>({
  // Once per worker, with time of its own: it is no part of what a test waits for.
  widgetBundle: [
    async ({}, use) => {
      const folder = await bundle();
      await use(folder);
      await rm(folder, { recursive: true, force: true });
    },
    { scope: 'worker', timeout: 180_000 },
  ],
  openWidgets: async ({ page, widgetBundle }, use) => {
    await use((theme = 'dark') => openWidgetPage(page, widgetBundle, theme));
  },
});

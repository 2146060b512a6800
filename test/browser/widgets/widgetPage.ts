import { mkdir, mkdtemp, readFile, rm } from 'node:fs/promises';
import { extname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { test as base, expect, type Page } from '@playwright/test';
import { build } from 'esbuild';
import type { Json } from '../../../src/base/common/json.ts';
import { renderWebviewHtml } from '../../../src/base/common/webviewHtml.ts';
import { ConsoleHealth } from '../../support/console.ts';
import { type ThemeName, readDefaultStyles, readTheme } from '../../support/themes.ts';
import type { DrawRequest } from './page.tsx';

/** The image that the host returns for every URL. */
const picture =
  'data:image/svg+xml,<svg xmlns="http://www.w3.org/2000/svg" width="320" height="200"><rect width="320" height="200" fill="%2389a"/><circle cx="160" cy="100" r="60" fill="%23bcd"/></svg>';

const origin = 'http://widgets.localhost';
const root = fileURLToPath(new URL('../../../', import.meta.url));
const mimeTypes: Readonly<Record<string, string>> = { '.js': 'text/javascript', '.css': 'text/css' };

/** A font that is the same on every machine, for visual comparisons. */
const font = join(root, 'node_modules/katex/dist/fonts/KaTeX_SansSerif-Regular.woff2');

/** Bundles the page like the webviews; returns its folder. */
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

/** A plain page with widgets, the real Content Security Policy and the real colours of a theme. */
export class WidgetPage {
  readonly page: Page;
  readonly health: ConsoleHealth;
  readonly theme: ThemeName;
  /** External URLs that the page requested; they are blocked. */
  readonly requests: string[] = [];
  /** URLs of images that the page requested from the host, which returns a small image. */
  readonly images: string[] = [];

  constructor(page: Page, theme: ThemeName) {
    this.page = page;
    this.theme = theme;
    this.health = new ConsoleHealth(page, () => true);
  }

  /** Uses a font that is the same on every machine. */
  async useFixedFont(): Promise<void> {
    await this.page.evaluate(async () => {
      const face = new FontFace('Fixed Sans', 'url(/font.woff2)');
      document.fonts.add(await face.load());
      const { style } = document.documentElement;
      style.setProperty('--vscode-font-family', 'Fixed Sans');
      style.setProperty('--vscode-editor-font-family', 'Fixed Sans');
    });
  }

  /** Renders widgets and waits until they are complete, including lazily loaded chunks and images. */
  async draw(
    widgets: readonly Json[],
    options: Omit<Partial<DrawRequest>, 'widgets' | 'view'> & Partial<DrawRequest['view']> = {},
  ) {
    const { sends = false, ...view } = options;
    const theme = this.theme.endsWith('light') ? 'light' : 'dark';
    // As text: passing deeply nested values to the page is slow.
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

/** Opens the page in a theme; dark by default. */
export type OpenWidgets = (theme?: ThemeName) => Promise<WidgetPage>;

export const test = base.extend<{ openWidgets: OpenWidgets }, { widgetBundle: string }>({
  // Once per worker, with a separate timeout: it is not part of a test.
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

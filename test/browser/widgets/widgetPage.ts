import { mkdir, mkdtemp, readFile } from 'node:fs/promises';
import { extname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Page } from '@playwright/test';
import { build } from 'esbuild';
import type { Json } from '../../../src/domain/json.ts';
import { shellHtml } from '../../../src/protocol/shell.ts';
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

let built: Promise<string> | undefined;

/** Bundles the page as the webviews are bundled, once per worker; gives its folder. */
function bundle(): Promise<string> {
  built ??= (async () => {
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
  })();
  return built;
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

  /** Draws widgets and waits until they stand there, chunks that they load included. */
  async draw(
    widgets: readonly Json[],
    options: Omit<Partial<DrawRequest>, 'widgets' | 'view'> & Partial<DrawRequest['view']> = {},
  ) {
    const { sends = false, ...view } = options;
    const theme = this.theme.endsWith('light') ? 'light' : 'dark';
    const request: unknown = { widgets, sends, view: { theme, ...view } };
    await this.page.evaluate(drawIn, request);
    await this.page.waitForFunction(
      (count) => document.querySelectorAll('[data-widget-root]').length === count,
      widgets.length,
    );
    await this.page.waitForLoadState('networkidle');
  }
}

/** Runs in the page. */
function drawIn(request: unknown): void {
  window.drawWidgets(request as DrawRequest);
}

export async function openWidgetPage(page: Page, theme: ThemeName = 'dark'): Promise<WidgetPage> {
  const folder = await bundle();
  const widgets = new WidgetPage(page, theme);
  const html = shellHtml({
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

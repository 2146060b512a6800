import { readFile } from 'node:fs/promises';
import { extname, join } from 'node:path';
import type { Page } from '@playwright/test';
import { dist } from '../../scripts/lib/paths.mjs';
import { renderWebviewHtml } from '../../src/base/common/webviewHtml.ts';
import { ConsoleHealth } from './console.ts';
import { readDefaultStyles, readTheme, type Theme, type ThemeName } from './themes.ts';

export interface WebviewPageOptions {
  /** Name of the bundle in dist/webview: `inspector`. */
  readonly entry: string;
  /** Style sheets in dist/webview; those of the entry and of the icons when not given. */
  readonly styles?: readonly string[];
  readonly theme?: ThemeName;
  /** `vscode-reduce-motion`, `vscode-using-screen-reader`. */
  readonly bodyClasses?: readonly string[];
  /** What `getState` gives: a page that was hidden, reloaded or restored. */
  readonly state?: unknown;
  /** The host's side: everything the page posts. */
  readonly onMessage?: (message: unknown, webview: WebviewPage) => void;
}

const origin = 'http://webview.localhost';
const webviews = join(dist, 'webview');
const mimeTypes: Readonly<Record<string, string>> = {
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.ttf': 'font/ttf',
  '.woff2': 'font/woff2',
  '.map': 'application/json',
};

/** One of our webview bundles in a plain page: the real HTML and Content Security Policy, a theme's real colours. */
export class WebviewPage {
  readonly page: Page;
  readonly health: ConsoleHealth;
  /** Everything the page posted, oldest first. */
  readonly messages: unknown[] = [];
  /** Addresses that the page asked for outside of its own files; they are refused. */
  readonly requests: string[] = [];
  /** What the page kept with `setState`. */
  state: unknown;
  /** What it is dressed in. */
  theme: ThemeName;

  constructor(page: Page, theme: ThemeName, state: unknown) {
    this.page = page;
    this.theme = theme;
    this.state = state;
    this.health = new ConsoleHealth(page, () => true);
  }

  /** Posts a message as the host would. */
  async post(message: unknown): Promise<void> {
    await this.page.evaluate((data) => window.postMessage(data, window.origin), message);
  }

  /** Changes the theme of the open page, as the editor does. */
  async setTheme(name: ThemeName): Promise<void> {
    await this.page.evaluate(dress, { theme: readTheme(name), extra: [] });
    this.theme = name;
  }

  /** No error on the console, and nothing asked for elsewhere. */
  expectHealthy(): void {
    this.health.expectNone();
    if (this.requests.length > 0) throw new Error(`Asked for ${this.requests.join(', ')}`);
  }
}

/** Runs in the page: what the editor does to the document. */
function dress({ theme, extra }: { theme: Theme; extra: readonly string[] }): void {
  const { style } = document.documentElement;
  for (const name of [...style].filter((property) => property.startsWith('--vscode-'))) style.removeProperty(name);
  for (const [name, value] of Object.entries(theme.variables)) style.setProperty(name, value);
  const { body } = document;
  body.classList.remove('vscode-light', 'vscode-dark', 'vscode-high-contrast', 'vscode-high-contrast-light');
  body.classList.add(...theme.classes.split(' '), ...extra);
  body.dataset['vscodeThemeKind'] = theme.classes.split(' ')[0] ?? '';
  body.dataset['vscodeThemeId'] = theme.themeId;
  body.setAttribute('role', 'document');
}

/** Runs in the page before its own script: the only thing the editor adds to `window`. */
function offerApi(initial: { readonly state: unknown }): void {
  const bound = window as unknown as Record<'hostMessage' | 'hostState', (value: unknown) => Promise<void>>;
  let { state } = initial;
  let acquired = false;
  Object.assign(window, {
    acquireVsCodeApi: () => {
      if (acquired) throw new Error('An instance of the VS Code API has already been acquired');
      acquired = true;
      return Object.freeze({
        // A clone, as between two windows: what cannot be cloned throws here as it does there.
        postMessage: (message: unknown) => void bound.hostMessage(structuredClone(message)),
        getState: () => state,
        setState: (next: unknown) => {
          state = structuredClone(next);
          void bound.hostState(state);
          return next;
        },
      });
    },
  });
}

/** Opens a bundle. The page is ready when its module has run; what it draws depends on what the host answers. */
export async function openWebviewPage(page: Page, options: WebviewPageOptions): Promise<WebviewPage> {
  const {
    entry,
    theme = 'dark',
    styles = [`${entry}.css`, 'codicon.css'],
    bodyClasses = [],
    state,
    onMessage,
  } = options;
  const webview = new WebviewPage(page, theme, state);
  await page.exposeFunction('hostMessage', (message: unknown) => {
    webview.messages.push(message);
    onMessage?.(message, webview);
  });
  await page.exposeFunction('hostState', (next: unknown) => {
    webview.state = next;
  });
  await page.addInitScript(offerApi, { state });

  const preloads = JSON.parse(await readFile(join(webviews, 'preloads.json'), 'utf8')) as Record<string, string[]>;
  const html = renderWebviewHtml({
    nonce: 'dGVzdCBub25jZSBvZiBhIHRlc3Q=',
    cspSource: origin,
    script: `${origin}/${entry}.js`,
    preloads: (preloads[entry] ?? []).map((path) => `${origin}/${path}`),
    styles: ['defaults.css', ...styles].map((name) => `${origin}/${name}`),
    locale: 'en',
    title: 'ChatKit',
  });
  await page.route('**/*', async (route) => {
    const { origin: from, pathname } = new URL(route.request().url());
    if (from !== origin) {
      webview.requests.push(route.request().url());
      return route.abort();
    }
    if (pathname === '/') return route.fulfill({ contentType: 'text/html', body: html });
    if (pathname === '/defaults.css') return route.fulfill({ contentType: 'text/css', body: readDefaultStyles() });
    const body = await readFile(join(webviews, pathname)).catch(() => undefined);
    if (!body) return route.fulfill({ status: 404, body: '' });
    return route.fulfill({ contentType: mimeTypes[extname(pathname)] ?? 'application/octet-stream', body });
  });
  // The editor dresses a document before its scripts run; modules wait until it is parsed.
  await page.addInitScript(
    `(${watchBody.toString()})(${dress.toString()}, ${JSON.stringify({ theme: readTheme(theme), extra: bodyClasses })})`,
  );
  await page.goto(`${origin}/`);
  return webview;
}

/** Runs in the page: dresses it as soon as there is a body. */
function watchBody(put: typeof dress, clothes: Parameters<typeof dress>[0]): void {
  new MutationObserver((_changes, observer) => {
    if (!document.body) return;
    observer.disconnect();
    put(clothes);
  }).observe(document, { childList: true, subtree: true });
}

import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { extname, join } from 'node:path';
import type { Page } from '@playwright/test';
import { dist } from '../../scripts/lib/paths.mjs';
import { renderWebviewHtml } from '../../src/base/common/webviewHtml.ts';
import { ConsoleHealth } from './console.ts';
import { readDefaultStyles, readTheme, type Theme, type ThemeName } from './themes.ts';

export interface WebviewPageOptions {
  /** Name of the bundle in dist/webview: `inspector`. */
  readonly entry: string;
  /** Style sheets in dist/webview; by default those of the entry and of the icons. */
  readonly styles?: readonly string[];
  readonly theme?: ThemeName;
  /** `vscode-reduce-motion`, `vscode-using-screen-reader`. */
  readonly bodyClasses?: readonly string[];
  /** The result of `getState`, for a page that was hidden, reloaded or restored. */
  readonly state?: unknown;
  /** Where `serveWebviews` serves the page, for measurements; by default, its requests are intercepted. */
  readonly server?: WebviewServer;
  /**
   * Answers the `ready` request of the page within the page, for measurements: through the messages of a test, it would take
   * far longer than in the editor. By default, `onMessage` answers it.
   */
  readonly ready?: unknown;
  /** Receives every message of the page, as the host does. */
  readonly onMessage?: (message: unknown, webview: WebviewPage) => void;
}

const hostname = 'webview.localhost';
const interceptedOrigin = `http://${hostname}`;
const webviews = join(dist, 'webview');
const mimeTypes: Readonly<Record<string, string>> = {
  '.js': 'text/javascript',
  '.cjs': 'text/javascript',
  '.css': 'text/css',
  '.ttf': 'font/ttf',
  '.woff2': 'font/woff2',
  '.map': 'application/json',
};

/** One of our webview bundles in a plain page, with the real HTML, Content Security Policy and theme colours. */
export class WebviewPage {
  readonly page: Page;
  readonly health: ConsoleHealth;
  /** All messages of the page, oldest first. */
  readonly messages: unknown[] = [];
  /** Blocked requests of the page for URLs other than its own files. */
  readonly requests: string[] = [];
  /** The state that the page saved with `setState`. */
  state: unknown;
  /** The current theme. */
  theme: ThemeName;

  constructor(page: Page, theme: ThemeName, state: unknown) {
    this.page = page;
    this.theme = theme;
    this.state = state;
    this.health = new ConsoleHealth(page, () => true);
  }

  /** Posts a message as the host would. */
  async post(message: unknown): Promise<void> {
    await this.page.evaluate((text) => window.postMessage(text, window.origin), JSON.stringify(message));
  }

  /** Changes the theme of the open page, as the editor does. */
  async setTheme(name: ThemeName): Promise<void> {
    await this.page.evaluate(dress, { theme: readTheme(name), extra: [] });
    this.theme = name;
  }

  /** Asserts that there were no console errors and no blocked requests. */
  expectHealthy(): void {
    this.health.expectNone();
    if (this.requests.length > 0) throw new Error(`Asked for ${this.requests.join(', ')}`);
  }
}

/** Runs in the page: applies a theme to the document, as the editor does. */
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
function offerApi(initial: { readonly state: unknown; readonly ready: unknown }): void {
  const bound = window as unknown as Record<'hostMessage' | 'hostState', (value: unknown) => Promise<void>>;
  let { state } = initial;
  let acquired = false;
  Object.assign(window, {
    acquireVsCodeApi: () => {
      if (acquired) throw new Error('An instance of the VS Code API has already been acquired');
      acquired = true;
      return Object.freeze({
        // Clones the message, as between two windows; a value that cannot be cloned throws in both cases.
        postMessage: (message: unknown) => {
          const sent = structuredClone(message) as {
            readonly type: string;
            readonly method?: string;
            readonly id?: number;
          };
          if (initial.ready === undefined || sent.type !== 'request' || sent.method !== 'ready') {
            void bound.hostMessage(sent);
          } else {
            const reply = { type: 'result', id: sent.id, result: initial.ready };
            window.postMessage(JSON.stringify(reply), window.origin);
          }
        },
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

/** Opens a bundle and waits until its module has run. Its content depends on the responses of the host. */
export async function openWebviewPage(page: Page, options: WebviewPageOptions): Promise<WebviewPage> {
  const {
    entry,
    theme = 'dark',
    styles = [`${entry}.css`, 'codicon.css'],
    bodyClasses = [],
    state,
    onMessage,
    server,
    ready,
  } = options;
  const webview = new WebviewPage(page, theme, state);
  await page.exposeFunction('hostMessage', (message: unknown) => {
    webview.messages.push(message);
    onMessage?.(message, webview);
  });
  await page.exposeFunction('hostState', (next: unknown) => {
    webview.state = next;
  });
  await page.addInitScript(offerApi, { state, ready });

  const origin = server?.origin ?? interceptedOrigin;
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
  if (server === undefined) {
    await page.route('**/*', async (route) => {
      const { origin: from, pathname } = new URL(route.request().url());
      if (from !== origin) {
        webview.requests.push(route.request().url());
        return route.abort();
      }
      return route.fulfill(await fileAt(pathname, html));
    });
  } else server.html = html;
  // The editor applies the theme before the scripts run; modules run after the document is parsed.
  await page.addInitScript(
    `(${watchBody.toString()})(${dress.toString()}, ${JSON.stringify({ theme: readTheme(theme), extra: bodyClasses })})`,
  );
  await page.goto(`${origin}/`);
  return webview;
}

interface ServedFile {
  readonly status: number;
  readonly contentType: string;
  readonly body: string | Buffer;
}

/** What the editor serves at a path of the page. */
async function fileAt(pathname: string, html: string): Promise<ServedFile> {
  if (pathname === '/') return { status: 200, contentType: 'text/html', body: html };
  if (pathname === '/defaults.css') return { status: 200, contentType: 'text/css', body: readDefaultStyles() };
  const contentType = mimeTypes[extname(pathname)] ?? 'application/octet-stream';
  const body = await readFile(join(webviews, pathname)).catch(() => null);
  return body === null ? { status: 404, contentType: 'text/plain', body: '' } : { status: 200, contentType, body };
}

export interface WebviewServer {
  readonly origin: string;
  /** Of the latest page. */
  html: string;
  close(): void;
}

/** Serves pages from this machine, without the cost of the interception of requests. */
export async function serveWebviews(): Promise<WebviewServer> {
  const server = createServer((request, response) => {
    void fileAt(new URL(request.url ?? '/', interceptedOrigin).pathname, served.html).then(
      ({ status, contentType, body }) => response.writeHead(status, { 'content-type': contentType }).end(body),
    );
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const served: WebviewServer = {
    origin: `http://${hostname}:${(server.address() as AddressInfo).port}`,
    html: '',
    close: () => {
      server.closeAllConnections();
      server.close();
    },
  };
  return served;
}

/** Runs in the page: applies the theme as soon as the body exists. */
function watchBody(put: typeof dress, clothes: Parameters<typeof dress>[0]): void {
  new MutationObserver((_changes, observer) => {
    if (!document.body) return;
    observer.disconnect();
    put(clothes);
  }).observe(document, { childList: true, subtree: true });
}

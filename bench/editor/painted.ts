import type { Page } from '@playwright/test';

/** What a webview showed, when it had been painted for the first time. */
export interface Painted {
  readonly kind: 'thread' | 'empty' | 'markdown' | 'widget';
  /** The thread's title; empty for other kinds. */
  readonly title: string;
  /** ms since the epoch, with fractions. */
  readonly at: number;
}

interface Probed {
  /** From Playwright, in the window. */
  readonly chatkitBenchPainted?: (painted: Painted) => Promise<void>;
  /** When the last click arrived, ms since the epoch. */
  chatkitBenchClicked?: number;
  chatkitBenchProbed?: boolean;
  /** Ends the looking in a frame, which would take time from what is measured next. */
  chatkitBenchSeen?: boolean;
}

/** Runs in every frame before its own scripts: reports when a webview has painted, and when the user clicked. */
export function probe(): void {
  const shared = window as unknown as Probed;
  const now = () => performance.timeOrigin + performance.now();

  const inView = (element: Element | null | undefined): boolean => {
    const box = element?.getBoundingClientRect();
    return box !== undefined && box.height > 0 && box.bottom > 0 && box.top < innerHeight;
  };
  const seen = (): Omit<Painted, 'at'> | undefined => {
    // The editor keeps a webview hidden until it has written its page.
    if (window.frameElement !== null && getComputedStyle(window.frameElement).visibility === 'hidden') return undefined;
    const newest = [...document.querySelectorAll('article[data-item-id]')].at(-1);
    if (newest !== undefined && newest.ariaPosInSet === newest.ariaSetSize && inView(newest)) {
      return { kind: 'thread', title: document.querySelector('main')?.ariaLabel ?? '' };
    }
    if (inView(document.querySelector('#chatkit-bench-empty'))) return { kind: 'empty', title: '' };
    if (inView(document.querySelector('.markdown-body p, .markdown-body h1'))) return { kind: 'markdown', title: '' };
    if (inView(document.querySelector('main.preview .pane-column > *'))) return { kind: 'widget', title: '' };
    return undefined;
  };

  if (window === window.top) {
    addEventListener(
      'click',
      ({ timeStamp }) => (shared.chatkitBenchClicked = performance.timeOrigin + timeStamp),
      true,
    );
    addEventListener('message', ({ data }: MessageEvent<{ chatkitBench?: Painted } | null>) => {
      if (data?.chatkitBench !== undefined) void shared.chatkitBenchPainted?.(data.chatkitBench);
    });
    return;
  }
  if (shared.chatkitBenchProbed === true) return;
  shared.chatkitBenchProbed = true;
  let last = '';
  let looked = 0;
  const look = (): void => {
    if (shared.chatkitBenchSeen === true) return;
    looked = performance.now();
    requestAnimationFrame(look);
    const found = seen();
    const name = found === undefined ? '' : `${found.kind} ${found.title}`;
    if (found === undefined || name === last) return;
    last = name;
    // A message arrives after the frame that is being rendered.
    const { port1, port2 } = new MessageChannel();
    // Only the window itself has the binding for certain: a frame may start before it gets one.
    port1.onmessage = () => window.top?.postMessage({ chatkitBench: { ...found, at: now() } }, '*');
    port2.postMessage(null);
  };
  look();
  // The editor writes its page into a document that is there already, which may end the looking.
  setInterval(() => performance.now() - looked > 100 && look(), 25);
}

/** When the last click arrived in the page, ms since the epoch. */
export function clickedAt(page: Page): Promise<number> {
  return page.evaluate(() => (window as unknown as Probed).chatkitBenchClicked ?? 0);
}

/**
 * Runs in the page: resolves with the moment, ms since the epoch, at which a frame was painted in which a tree (`list`, a
 * selector) has rows below its roots; with `index`, in which the row there is no longer one that loads more.
 */
export function rowsPainted({ list, index }: { list: string; index: string | null }): Promise<number> {
  const isThere = (): boolean => {
    if (index === null) return document.querySelector(`${list} .monaco-list-row[aria-level="2"]`) !== null;
    const text = document.querySelector(`${list} .monaco-list-row[data-index="${index}"]`)?.textContent?.trim();
    return text !== undefined && !text.startsWith('Load');
  };
  return new Promise((resolve) => {
    const look = (): void => {
      if (!isThere()) return void requestAnimationFrame(look);
      const { port1, port2 } = new MessageChannel();
      port1.onmessage = () => resolve(performance.timeOrigin + performance.now());
      port2.postMessage(null);
    };
    requestAnimationFrame(look);
  });
}

/** Runs in the page of a thread: clicks on *Load All* and resolves with the time until the header contains the text, in ms. */
export function allLoaded(text: string): Promise<number> {
  const button = [...document.querySelectorAll('button')].find(({ textContent }) => textContent === 'Load All');
  const isThere = (): boolean =>
    [...document.querySelectorAll('header :not(h1)')].some(({ textContent }) => textContent === text);
  (window as unknown as Probed).chatkitBenchSeen = true;
  const start = performance.now();
  button?.click();
  return new Promise((resolve) => {
    // Looking in each frame would take time from the page.
    new MutationObserver((_changes, observer) => {
      if (!isThere()) return;
      observer.disconnect();
      requestAnimationFrame(() => resolve(performance.now() - start));
    }).observe(document.body, { childList: true, characterData: true, subtree: true });
  });
}

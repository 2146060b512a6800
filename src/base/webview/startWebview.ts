import * as l10n from '@vscode/l10n';
import { type Offer, Rpc, type RpcHandlers, decodeMessage } from '../common/rpc.ts';
import { showCutTexts } from './cutTexts.ts';

/**
 * Returns the element that a page is rendered in, after it has set the language of the page. Restores the focus, and shows
 * texts that are cut off as tooltips.
 */
export function rootElement(): HTMLElement {
  const root = document.getElementById('root');
  if (root === null) throw new Error('The page has no #root.');
  const translations = root.dataset['translations'];
  if (translations !== undefined) l10n.config({ contents: translations });
  restoreFocus();
  showCutTexts();
  return root;
}

/** Maximum time between the moments when an element and its page lose the focus, ms. */
const maxBlurMs = 500;

/**
 * Gives the focus back to the element that had it when the user left the page, for example for the palette or a view. The
 * editor takes the focus from the element, and later focuses the page as a whole: what the user types would be lost.
 */
function restoreFocus(): void {
  let left: { readonly element: EventTarget | null; readonly at: number } | null = null;
  window.addEventListener('focusin', () => (left = null));
  window.addEventListener('focusout', ({ target, timeStamp }) => (left = { element: target, at: timeStamp }));
  window.addEventListener('blur', ({ timeStamp }) => {
    // An element loses the focus just before its page does. Otherwise the user left the element first, then the page.
    if (left !== null && timeStamp - left.at > maxBlurMs) left = null;
  });
  window.addEventListener('focus', () => {
    const isFree = document.activeElement === null || document.activeElement === document.body;
    const element = left?.element;
    if (isFree && element instanceof HTMLElement && element.isConnected) element.focus({ preventScroll: true });
    left = null;
  });
}

/** Connects the page to its host. From now on messages of the host are passed to the handlers. */
export function connectHost<Local extends Offer<Local>, Remote extends Offer<Remote>>(
  handlers: RpcHandlers<Local>,
): Rpc<Local, Remote> {
  const host = new Rpc<Local, Remote>({ post: postToHost, handlers });
  window.addEventListener('message', (event) => {
    if (isFromParent(event)) host.receive(decodeMessage(event.data));
  });
  return host;
}

/**
 * True for a message that the parent window posted: the editor, which forwards what the host sent. Any other window that
 * can reach this one, such as the page of another extension, may post messages too; those are ignored.
 *
 * The parent is recognised by what no script can replace: it has this window among its frames. `window.parent` does not
 * help, because the editor sets it to the page's own window before the page runs. A page that is in no frame is its own
 * parent, as `window.parent` has it.
 */
function isFromParent({ source }: MessageEvent): boolean {
  // A port or a service worker has no frames.
  if (source === null || !('length' in source)) return false;
  if (window.top === window) return source === window;
  for (let index = 0; index < source.length; index += 1) if (source[index] === window) return true;
  return false;
}

interface VsCodeApi {
  postMessage(message: unknown): void;
  getState(): unknown;
  setState(state: unknown): void;
}

declare function acquireVsCodeApi(): VsCodeApi;

// Can be acquired only once. Never exported or assigned to `window`, so that no other script can use it.
const api = acquireVsCodeApi();

function postToHost(message: unknown): void {
  api.postMessage(message);
}

/** Returns the state that the editor saved for this page. */
export function loadViewState(): unknown {
  return api.getState();
}

export function savePageState(state: unknown): void {
  api.setState(state);
}

/**
 * Passes every click on a link to `open` instead of the editor, which would open it without confirmation. Handles the
 * click, also of the middle button, before all other listeners.
 */
export function openLinksThrough(open: (url: string) => void): void {
  const onClick = (event: MouseEvent) => {
    const link = event.composedPath().find((node) => node instanceof HTMLAnchorElement);
    if (link === undefined) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    open(link.href);
  };
  window.addEventListener('click', onClick, true);
  window.addEventListener('auxclick', onClick, true);
}

import * as l10n from '@vscode/l10n';
import { Rpc, type Offer, type RpcHandlers } from '../common/rpc.ts';
import { postToHost } from './vscodeApi.ts';

/** Returns the element that a page is rendered in, after it has set the language of the page. */
export function pageRoot(): HTMLElement {
  const root = document.getElementById('root');
  if (root === null) throw new Error('The page has no #root.');
  const translations = root.dataset['translations'];
  if (translations !== undefined) l10n.config({ contents: translations });
  return root;
}

/** Connects the page to its host. From now on messages of the host are passed to the handlers. */
export function connectHost<Local extends Offer<Local>, Remote extends Offer<Remote>>(
  handlers: RpcHandlers<Local>,
): Rpc<Local, Remote> {
  const host = new Rpc<Local, Remote>({ post: postToHost, handlers });
  window.addEventListener('message', (event) => {
    if (isFromParent(event)) host.receive(event.data);
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

/**
 * True for a message that the parent window posted: the editor, which forwards what the host sent. Any other window that
 * can reach this one, such as the page of another extension, may post messages too; those are ignored.
 *
 * The parent is recognised by what no script can replace: it has this window among its frames. `window.parent` does not
 * help, because the editor sets it to the page's own window before the page runs. A page that is in no frame is its own
 * parent, as `window.parent` has it.
 */
export function isFromParent({ source }: MessageEvent): boolean {
  // A port or a service worker has no frames.
  if (source === null || !('length' in source)) return false;
  if (window.top === window) return source === window;
  for (let index = 0; index < source.length; index += 1) if (source[index] === window) return true;
  return false;
}

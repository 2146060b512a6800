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

/**
 * Sends every click on a link to `open` instead of the editor, which would open it unasked. Heard before anybody else
 * hears of it; the same for the middle button.
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

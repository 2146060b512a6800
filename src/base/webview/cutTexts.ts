/** Elements whose tooltip is the text that is cut off. */
const withTooltip = new WeakSet<HTMLElement>();

/** Maximum number of elements between the pointer and the element that cuts the text off. */
const maxLevels = 4;

/** Maximum length of a tooltip in characters. */
const maxLength = 1_000;

/** Shows a text that is cut off with an ellipsis as a tooltip, as lists of the editor do. Widgets show what their author set. */
export function showCutTexts(): void {
  document.addEventListener('mouseover', ({ target }) => {
    if (!(target instanceof HTMLElement) || target.closest('[data-widget-root]') !== null) return;
    const element = elementThatCuts(target);
    if (element === undefined) return;
    const hasOther = element.closest('[title]') !== null && !withTooltip.has(element);
    if (hasOther) return;
    if (element.scrollWidth > element.clientWidth) {
      element.title = (element.textContent ?? '').trim().slice(0, maxLength);
      withTooltip.add(element);
    } else if (withTooltip.delete(element)) element.removeAttribute('title');
  });
}

function elementThatCuts(target: HTMLElement): HTMLElement | undefined {
  let element: HTMLElement | null = target;
  for (let level = 0; level < maxLevels && element !== null; level += 1, element = element.parentElement) {
    if (getComputedStyle(element).textOverflow === 'ellipsis') return element;
  }
  return undefined;
}

// Loaded when the first code block of a known language is met.
import hljs from 'highlight.js/lib/common';
import { cleanHighlighted } from './sanitize.ts';

/** Longer blocks stay plain: highlighting them would hold up scrolling. Characters. */
const longest = 30_000;

export function highlightCode(root: ParentNode): void {
  for (const code of root.querySelectorAll<HTMLElement>('pre > code[class^="language-"]')) {
    const language = code.className.slice('language-'.length);
    const text = code.textContent ?? '';
    if (text.length > longest || hljs.getLanguage(language) === undefined) continue;
    code.replaceChildren(cleanHighlighted(hljs.highlight(text, { language, ignoreIllegals: true }).value));
  }
}

// Loaded when the first code block of a known language is met.
import hljs from 'highlight.js/lib/common';
import { canHighlight, RenderBudget } from './limits.ts';
import { cleanHighlighted } from './sanitize.ts';

export function highlightCode(root: ParentNode): void {
  const budget = new RenderBudget();
  for (const code of root.querySelectorAll<HTMLElement>('pre > code[class^="language-"]')) {
    const language = code.className.slice('language-'.length);
    const text = code.textContent ?? '';
    if (hljs.getLanguage(language) === undefined || !canHighlight(text) || !budget.spend(text.length)) continue;
    code.replaceChildren(cleanHighlighted(hljs.highlight(text, { language, ignoreIllegals: true }).value));
  }
}

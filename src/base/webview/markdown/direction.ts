import type { MarkdownIt, Token } from 'markdown-it';

/** Blocks that contain others: the browser ignores the text of those, so the direction is set here. */
const containers = new Set([
  'bullet_list_open',
  'ordered_list_open',
  'list_item_open',
  'blockquote_open',
  'table_open',
]);

const strong = /[\p{L}]/u;
const rightToLeft = /[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc\u{10800}-\u{10fff}\u{1e800}-\u{1efff}]/u;

/**
 * Gives each block the direction of its text, so that lists and quotes are indented on its side, and isolates inline code:
 * otherwise the numbers and punctuation around it change their places.
 */
export function blockDirections(parser: MarkdownIt): void {
  parser.core.ruler.after('inline', 'directions', ({ tokens }) => {
    const open: Token[] = [];
    for (const token of tokens) {
      // The browser inspects its text. The renderer does the same for headings and cells.
      if (token.type === 'paragraph_open') token.attrSet('dir', 'auto');
      if (token.nesting === 1) open.push(token);
      else if (token.nesting === -1) open.pop();
      if (token.type !== 'inline') continue;
      for (const child of token.children ?? []) if (child.type === 'code_inline') child.attrSet('dir', 'ltr');
      const direction = directionOf(token);
      if (direction === null) continue;
      for (const around of open) {
        if (containers.has(around.type) && around.attrGet('dir') === null) around.attrSet('dir', direction);
      }
    }
  });
}

/** The direction of the first letter outside code; null if there is none. */
function directionOf({ children }: Token): 'ltr' | 'rtl' | null {
  for (const { type, content } of children ?? []) {
    const letter = type === 'text' ? strong.exec(content)?.[0] : undefined;
    if (letter !== undefined) return rightToLeft.test(letter) ? 'rtl' : 'ltr';
  }
  return null;
}

import MarkdownIt from 'markdown-it';
import type { MarkdownIt as Instance, Token } from 'markdown-it';
import { mathRules } from './mathRules.ts';

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
function blockDirections(parser: Instance): void {
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

/** What may be opened, through the host, which checks again. Everything else is shown as text. */
const openable = /^(?:https:|mailto:)/i;

/** Markdown to HTML. No HTML of the author's gets through, and nothing that would need an inline style. */
export const parser = new MarkdownIt({ html: false, linkify: true });
parser.use(mathRules);
parser.use(taskListMarks);
parser.use(blockDirections);
// Only complete URLs become links: `example.com` would become a plain http link.
parser.linkify.set({ fuzzyLink: false, fuzzyEmail: false, fuzzyIP: false });
// The rules below filter URLs. A URL that is rejected here would appear as Markdown source in the text.
parser.validateLink = () => true;

const { rules } = parser.renderer;
const escape = (text: string) => parser.utils.escapeHtml(text);

const attribute = (token: Token | undefined, name: string) => String(token?.attrGet(name) ?? '');

rules['link_open'] = (tokens, index) => {
  const href = attribute(tokens[index], 'href');
  const title = escape(attribute(tokens[index], 'title') || href);
  if (openable.test(href)) return `<a href="${escape(href)}" title="${title}">`;
  return `<span class="dead-link" title="${title}">`;
};
rules['link_close'] = (tokens, index) => {
  let depth = 0;
  for (let at = index - 1; at >= 0; at--) {
    const token = tokens[at];
    if (token?.type === 'link_close') depth += 1;
    if (token?.type !== 'link_open') continue;
    if (depth === 0) return openable.test(attribute(token, 'href')) ? '</a>' : '</span>';
    depth -= 1;
  }
  return '</span>';
};

// An image is a place where one can be asked for: see MarkdownImages.
rules.image = (tokens, index) => {
  const token = tokens[index];
  return `<span data-image="${escape(attribute(token, 'src'))}" data-alt="${escape(token?.content ?? '')}"></span>`;
};

// The page already has one h1, so headings in the text use lower levels.
for (const rule of ['heading_open', 'heading_close']) {
  rules[rule] = (tokens, index) => {
    const token = tokens[index];
    const level = Math.min(6, Number(token?.tag.slice(1)) + 2);
    return token?.nesting === 1 ? `<h${level} class="level-${token.tag}" dir="auto">` : `</h${level}>`;
  };
}

// Alignment is an inline style, which the page's content security policy blocks.
for (const rule of ['th_open', 'td_open']) {
  rules[rule] = (tokens, index) => {
    const token = tokens[index];
    const align = /text-align:(left|center|right)/.exec(attribute(token, 'style'))?.[1];
    const tag = `<${token?.tag ?? 'td'} dir="auto"`;
    return align === undefined ? `${tag}>` : `${tag} class="align-${align}">`;
  };
}
rules['table_open'] = (tokens, index) =>
  `<div class="table-scroll" tabindex="0"><table dir="${attribute(tokens[index], 'dir') || 'auto'}">`;
rules['table_close'] = () => '</table></div>';

/** `- [ ]` and `- [x]` as marks that can be read: there is nothing to tick in a transcript. */
function taskListMarks(parser: Instance): void {
  parser.core.ruler.after('inline', 'task-list-marks', ({ tokens }) => {
    for (const [index, token] of tokens.entries()) {
      const opensItem = tokens[index - 1]?.type === 'paragraph_open' && tokens[index - 2]?.type === 'list_item_open';
      const text = token.type === 'inline' && opensItem ? token.children?.[0] : undefined;
      const mark = text && /^\[([ xX])\]\s/.exec(text.content);
      if (text && mark) text.content = `${mark[1] === ' ' ? '☐' : '☑'} ${text.content.slice(mark[0].length)}`;
    }
  });
}

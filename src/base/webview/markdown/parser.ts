import MarkdownIt, { type Token } from 'markdown-it';
import { blockDirections } from './direction.ts';
import { mathRules } from './mathRules.ts';
import { taskListMarks } from './taskListMarks.ts';

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

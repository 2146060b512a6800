import DOMPurify, { type Config } from 'dompurify';

const textTags = ['p', 'br', 'hr', 'strong', 'em', 's', 'code', 'pre', 'blockquote', 'ul', 'ol', 'li', 'span', 'div'];
const headingTags = ['h3', 'h4', 'h5', 'h6'];
const tableTags = ['table', 'thead', 'tbody', 'tr', 'th', 'td'];
const ownAttributes = ['data-image', 'data-alt', 'data-math', 'tabindex', 'start'];

/** What Markdown may become; nothing else reaches the page, whatever the parser gave. */
const markdown: Config = {
  ALLOWED_TAGS: [...textTags, ...headingTags, ...tableTags, 'a'],
  ALLOWED_ATTR: ['href', 'title', 'class', ...ownAttributes],
  // Values of these are text to us, never a URL that something loads.
  ADD_URI_SAFE_ATTR: ownAttributes,
  ALLOWED_URI_REGEXP: /^(?:https:|mailto:)/i,
  ALLOW_DATA_ATTR: false,
  ALLOW_ARIA_ATTR: false,
};

const highlighted: Config = { ALLOWED_TAGS: ['span'], ALLOWED_ATTR: ['class'], ALLOW_DATA_ATTR: false };

const formula: Config = {
  USE_PROFILES: { mathMl: true },
  FORBID_ATTR: ['style', 'href', 'src', 'xlink:href'],
  // The TeX that KaTeX adds for machines would stand in the page as text.
  FORBID_CONTENTS: ['annotation'],
};

const clean = (html: string, config: Config): DocumentFragment =>
  DOMPurify.sanitize(html, { ...config, RETURN_DOM_FRAGMENT: true });

export const cleanMarkdown = (html: string) => clean(html, markdown);
export const cleanHighlighted = (html: string) => clean(html, highlighted);
export const cleanFormula = (html: string) => clean(html, formula);

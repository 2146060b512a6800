import createPurifier, { type Config, type DOMPurify } from 'dompurify';

const textTags = ['p', 'br', 'hr', 'strong', 'em', 's', 'code', 'pre', 'blockquote', 'ul', 'ol', 'li', 'span', 'div'];
const headingTags = ['h3', 'h4', 'h5', 'h6'];
const tableTags = ['table', 'thead', 'tbody', 'tr', 'th', 'td'];
const ownAttributes = ['data-image', 'data-alt', 'data-math', 'tabindex', 'start', 'dir'];

/** Elements that rendered Markdown may contain. All others are removed, regardless of the parser's output. */
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
  // KaTeX adds a machine-readable TeX annotation, which the page would show as text.
  FORBID_CONTENTS: ['annotation'],
};

/** Each configuration has a separate purifier, created on first use, so that its rules are read only once. */
function cleaner(config: Config): (html: string) => DocumentFragment {
  const rules = { ...config, RETURN_DOM_FRAGMENT: true } as const;
  let purifier: DOMPurify | undefined;
  return (html) => {
    if (purifier === undefined) {
      purifier = createPurifier(window);
      purifier.setConfig(rules);
    }
    return purifier.sanitize(html, rules);
  };
}

export const cleanMarkdown = cleaner(markdown);
export const cleanHighlighted = cleaner(highlighted);
export const cleanFormula = cleaner(formula);

/** A token of a template: JSON with Jinja in it. Offsets are UTF-16 code units; `end` is exclusive. */
export interface Token {
  readonly kind: 'mark' | 'string' | 'word' | 'expression' | 'statement' | 'comment' | 'raw';
  readonly offset: number;
  readonly end: number;
  readonly text: string;
  /** First word of a statement: `for`, `endif`; empty for other tokens. */
  readonly keyword: string;
  /** The end was found. */
  readonly closed: boolean;
}

/** Splits a template into tokens. Linear in its length; never throws. White space between tokens is omitted. */
export function tokensOf(text: string): readonly Token[] {
  const tokens: Token[] = [];
  let at = 0;
  const push = (kind: Token['kind'], end: number, closed = true, keyword = ''): void => {
    tokens.push({ kind, offset: at, end, text: text.slice(at, end), keyword, closed });
    at = end;
  };
  while (at < text.length) {
    const character = text.charAt(at);
    if (/\s/.test(character)) at += 1;
    else if (character === '{' && isTag(text, at)) {
      const tag = tagAt(text, at);
      if (tag.keyword === 'raw') {
        const close = endOfRaw(text, tag.end);
        push('raw', close ?? text.length, close !== null);
      } else push(tag.kind, tag.end, tag.closed, tag.keyword);
    } else if (character === '"') {
      const { end, closed } = endOfString(text, at);
      push('string', end, closed);
    } else if ('{}[]:,'.includes(character)) push('mark', at + 1);
    else push('word', endOfWord(text, at));
  }
  return tokens;
}

function isTag(text: string, at: number): boolean {
  return text[at + 1] === '{' || text[at + 1] === '%' || text[at + 1] === '#';
}

interface Tag {
  readonly kind: 'expression' | 'statement' | 'comment';
  readonly end: number;
  readonly closed: boolean;
  readonly keyword: string;
}

/** Returns the tag of Jinja that starts at `at`. */
export function tagAt(text: string, at: number): Tag {
  const sign = text[at + 1];
  if (sign === '#') {
    const close = text.indexOf('#}', at + 2);
    return { kind: 'comment', end: close < 0 ? text.length : close + 2, closed: close >= 0, keyword: '' };
  }
  const closing = sign === '{' ? '}}' : '%}';
  let end = at + 2;
  let quote = '';
  while (end < text.length && (quote !== '' || !text.startsWith(closing, end))) {
    const character = text.charAt(end);
    if (quote === '') quote = character === '"' || character === "'" ? character : '';
    else if (character === '\\') end += 1;
    else if (character === quote) quote = '';
    end += 1;
  }
  const closed = end < text.length;
  if (sign === '{') return { kind: 'expression', end: closed ? end + 2 : text.length, closed, keyword: '' };
  const keyword = /^[-+]?\s{0,200}([a-z_]{1,40})/i.exec(text.slice(at + 2, at + 250))?.[1] ?? '';
  return { kind: 'statement', end: closed ? end + 2 : text.length, closed, keyword };
}

function endOfRaw(text: string, from: number): number | null {
  const close = /\{%[-+]?\s{0,200}endraw\s{0,200}[-+]?%\}/g;
  close.lastIndex = from;
  return close.exec(text) === null ? null : close.lastIndex;
}

/** A string ends at its quote; tags in it may contain quotes. An open string ends with its line. */
function endOfString(text: string, from: number): { readonly end: number; readonly closed: boolean } {
  let at = from + 1;
  while (at < text.length) {
    const character = text.charAt(at);
    if (character === '"') return { end: at + 1, closed: true };
    if (character === '\\') at += 2;
    else if (character === '{' && isTag(text, at)) at = tagAt(text, at).end;
    else if (character === '\n') return { end: at, closed: false };
    else at += 1;
  }
  return { end: text.length, closed: false };
}

function endOfWord(text: string, from: number): number {
  let at = from + 1;
  while (at < text.length && !/[\s{}[\]:,"]/.test(text.charAt(at))) at += 1;
  return at;
}

/** Statements that a matching `end…` closes; `set` and `block` without a value too. */
const blocks = new Set(['for', 'if', 'macro', 'call', 'filter', 'with', 'block', 'autoescape']);

/** Whether a statement opens a block. `{% set a %}` does, `{% set a = 1 %}` does not. */
export function opensBlock({ kind, keyword, text }: Token): boolean {
  if (kind !== 'statement') return false;
  return blocks.has(keyword) || (keyword === 'set' && !text.includes('='));
}

/** A block of Jinja with the tokens of its branches. */
export interface Block {
  readonly opener: Token;
  /** `else` and `elif`. */
  readonly branches: readonly Token[];
  /** Null while the block is not closed. */
  readonly closer: Token | null;
}

/** Returns the blocks of a template, outer ones first. */
export function blocksOf(tokens: readonly Token[]): readonly Block[] {
  const found: { opener: Token; branches: Token[]; closer: Token | null }[] = [];
  const open: (typeof found)[number][] = [];
  for (const token of tokens) {
    if (token.kind !== 'statement') continue;
    const innermost = open.at(-1);
    if (opensBlock(token)) {
      const block = { opener: token, branches: [], closer: null };
      found.push(block);
      open.push(block);
    } else if (token.keyword === 'else' || token.keyword === 'elif') innermost?.branches.push(token);
    else if (token.keyword.startsWith('end') && innermost?.opener.keyword === token.keyword.slice('end'.length)) {
      innermost.closer = token;
      open.pop();
    }
  }
  return found;
}

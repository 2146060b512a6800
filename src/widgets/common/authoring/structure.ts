/** A property of an object in a template. */
export interface Property {
  readonly key: Token;
  /** The first token of the value; null while there is none. */
  value: Token | null;
}

/** An object or array of a template. */
export interface Frame {
  readonly kind: 'object' | 'array';
  readonly open: Token;
  /** Offset of the closing bracket, or the length of the template. */
  end: number;
  readonly parent: Frame | null;
  /** The property of the parent that contains it; null in arrays. */
  readonly key: string | null;
  readonly properties: Property[];
}

/** The JSON of a template, as far as it can be read, and its blocks. */
export interface Structure {
  readonly tokens: readonly Token[];
  readonly frames: readonly Frame[];
  readonly blocks: readonly Block[];
}

/** What is expected next in a frame. */
interface Cursor {
  readonly frame: Frame | null;
  readonly expects: 'key' | 'colon' | 'value' | 'comma';
  readonly property: Property | null;
}

const root: Cursor = { frame: null, expects: 'value', property: null };

/** Reads the structure of a template. Tolerates incomplete and invalid text. */
export function structureOf(text: string): Structure {
  const tokens = tokensOf(text);
  const frames: Frame[] = [];
  const branches: Cursor[] = [];
  let cursor = root;
  for (const token of tokens) {
    if (token.kind === 'statement') {
      // Each branch continues where the block started.
      if (opensBlock(token)) branches.push(cursor);
      else if (token.keyword === 'else' || token.keyword === 'elif') cursor = branches.at(-1) ?? cursor;
      else if (token.keyword.startsWith('end')) branches.pop();
    } else if (token.kind !== 'comment') cursor = advance(cursor, token, frames, text.length);
  }
  return { tokens, frames, blocks: blocksOf(tokens) };
}

function advance(cursor: Cursor, token: Token, frames: Frame[], length: number): Cursor {
  const { frame, property } = cursor;
  switch (token.text) {
    case '{':
    case '[': {
      noteValue(cursor, token);
      const kind = token.text === '{' ? 'object' : 'array';
      const key = property === null ? null : stringValue(property.key);
      const inner: Frame = { kind, open: token, end: length, parent: frame, key, properties: [] };
      frames.push(inner);
      return { frame: inner, expects: kind === 'object' ? 'key' : 'value', property: null };
    }
    case '}':
    case ']': {
      if (frame === null) return cursor;
      frame.end = token.offset;
      return { frame: frame.parent, expects: 'comma', property: propertyWith(frame) };
    }
    case ',':
      return { frame, expects: frame?.kind === 'object' ? 'key' : 'value', property: null };
    case ':':
      return { frame, expects: 'value', property };
    default:
      break;
  }
  if (frame?.kind === 'object' && property === null && token.kind === 'string') {
    const added: Property = { key: token, value: null };
    frame.properties.push(added);
    return { frame, expects: 'colon', property: added };
  }
  noteValue(cursor, token);
  return { ...cursor, expects: 'comma' };
}

function noteValue({ expects, property }: Cursor, token: Token): void {
  if (property !== null && expects === 'value') property.value ??= token;
}

/** The property of the parent that a closed frame was the value of. */
function propertyWith({ parent, open }: Frame): Property | null {
  return parent?.properties.find(({ value }) => value === open) ?? null;
}

/** The text of a string token without its quotes. */
export function stringValue({ kind, text, closed }: Token): string {
  if (kind !== 'string') return text;
  return closed ? text.slice(1, -1) : text.slice(1);
}

/** Returns the innermost frame around an offset. */
export function frameAt({ frames }: Structure, offset: number): Frame | null {
  return frames.findLast(({ open, end }) => open.end <= offset && offset <= end) ?? null;
}

/** Returns the token around an offset. One that ends at the offset counts only if it is not closed, or a word. */
export function tokenAt({ tokens }: Structure, offset: number): Token | null {
  return (
    tokens.find(
      ({ offset: start, end, closed, kind }) =>
        start < offset && (offset < end || (offset === end && (!closed || kind === 'word'))),
    ) ?? null
  );
}

/** The `type` of an object as it is written; null if it has none or an expression gives it. */
export function typeOf({ properties }: Frame): string | null {
  const value = properties.find(({ key }) => stringValue(key) === 'type')?.value;
  return value?.kind === 'string' ? stringValue(value) : null;
}

/** Lines that can be folded, from 0. */
interface Fold {
  readonly start: number;
  readonly end: number;
  readonly isComment: boolean;
}

/** Returns the objects, arrays, blocks and comments of a template that span several lines. */
export function foldsOf(text: string): readonly Fold[] {
  const { frames, blocks, tokens } = structureOf(text);
  const lineOf = lines(text);
  const folds: Fold[] = [];
  const add = (from: number, to: number, isComment = false): void => {
    const start = lineOf(from);
    // The line of the closing bracket stays visible.
    const end = lineOf(to) - (isComment ? 0 : 1);
    if (end > start) folds.push({ start, end, isComment });
  };
  for (const { open, end } of frames) add(open.offset, end);
  for (const { opener, branches, closer } of blocks) {
    const ends = [...branches, ...(closer === null ? [] : [closer])];
    [opener, ...branches].forEach((tag, index) => {
      const next = ends[index];
      if (next !== undefined) add(tag.offset, next.offset);
    });
  }
  for (const { kind, offset, end } of tokens) if (kind === 'comment' || kind === 'raw') add(offset, end, true);
  return folds;
}

function lines(text: string): (offset: number) => number {
  const starts = [0];
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) starts.push(at + 1);
  return (offset) => {
    let low = 0;
    let high = starts.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((starts[middle] ?? 0) <= offset) low = middle + 1;
      else high = middle;
    }
    return low - 1;
  };
}

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
interface Block {
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

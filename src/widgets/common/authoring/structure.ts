import { type Block, type Token, blocksOf, opensBlock, tokensOf } from './tokens.ts';

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

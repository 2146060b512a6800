/** One spacing unit in px (chatkit-api 6.2). */
const spacingUnit = 4;

/** The use of a spacing: a margin may be negative or `auto`, a gap or a padding may not. */
export type SpacingKind = 'gap' | 'padding' | 'margin';

export type SpacingValue = number | string;

interface SpacingBoxObject {
  readonly top?: SpacingValue | undefined;
  readonly right?: SpacingValue | undefined;
  readonly bottom?: SpacingValue | undefined;
  readonly left?: SpacingValue | undefined;
  readonly x?: SpacingValue | undefined;
  readonly y?: SpacingValue | undefined;
}

export type SpacingBoxValue = SpacingValue | SpacingBoxObject;

interface SpacingBoxCss {
  readonly top?: string;
  readonly right?: string;
  readonly bottom?: string;
  readonly left?: string;
}

/** Returns the CSS of a `Spacing`: numbers are units of 4 px, strings are CSS lengths. Undefined if invalid. */
export function spacingCss(value: SpacingValue, kind: SpacingKind = 'gap'): string | undefined {
  if (typeof value === 'number') {
    const px = value * spacingUnit;
    if (!Number.isFinite(px) || Math.abs(px) > maxLengthNumber || (px < 0 && kind !== 'margin')) return undefined;
    return `${px}px`;
  }
  if (kind === 'margin' && value.trim().toLowerCase() === 'auto') return 'auto';
  const css = readCss(value, readLength);
  // With a unit, because calculations with a length do not accept a bare 0.
  if (css === '0' || css === '-0') return '0px';
  return css?.startsWith('-') && kind !== 'margin' ? undefined : css;
}

/** Returns the CSS of a `SpacingBox` per side. A side takes precedence over `x` and `y`; invalid values are omitted. */
export function spacingBoxCss(value: SpacingBoxValue, kind: SpacingKind = 'padding'): SpacingBoxCss {
  if (typeof value !== 'object') {
    const css = spacingCss(value, kind);
    return css === undefined ? {} : { top: css, right: css, bottom: css, left: css };
  }
  const sides: { -readonly [K in keyof SpacingBoxCss]: SpacingBoxCss[K] } = {};
  for (const [side, axis] of sidesWithAxis) {
    const given = value[side] ?? value[axis];
    const css = given === undefined ? undefined : spacingCss(given, kind);
    if (css !== undefined) sides[side] = css;
  }
  return sides;
}

/** The four sides in CSS order, each with its axis. */
export const sidesWithAxis = [
  ['top', 'y'],
  ['right', 'x'],
  ['bottom', 'y'],
  ['left', 'x'],
] as const;

const words = new Set(['auto', 'min-content', 'max-content', 'fit-content']);
/** `none` is valid only for a maximum, `auto` for everything else; browsers ignore the invalid one. */
const maximumWords = new Set(['none', 'min-content', 'max-content', 'fit-content']);

/**
 * Returns the CSS of a `Dimension` (chatkit-api 6.2): a number is px, a string is a CSS length, percentage, calculation or
 * sizing keyword. Undefined if it is none of these, negative or above 10,000.
 */
export function dimensionCss(value: number | string, kind: 'size' | 'maximum' = 'size'): string | undefined {
  if (typeof value === 'number') {
    return Number.isFinite(value) && value >= 0 && value <= maxLengthNumber ? `${value}px` : undefined;
  }
  const word = value.trim().toLowerCase();
  if ((kind === 'maximum' ? maximumWords : words).has(word)) return word;
  const css = readCss(value, readLength);
  return css?.startsWith('-') ? undefined : css;
}

/** `aspectRatio`: a number above 0, `"16/9"` or `"auto"`. */
export function aspectRatioCss(value: number | string): string | undefined {
  if (typeof value === 'number') return isRatio(value) ? String(value) : undefined;
  if (value.trim().toLowerCase() === 'auto') return 'auto';
  return readCss(value, (reader) => {
    const width = reader.take('number');
    if (!width || width.unit !== '' || !isRatio(width.value)) return undefined;
    if (!reader.take('mark', '/')) return String(width.value);
    const height = reader.take('number');
    return height && height.unit === '' && isRatio(height.value) ? `${width.value} / ${height.value}` : undefined;
  });
}

/** Accepts ratios from 1:1000 to 1000:1. */
function isRatio(value: number): boolean {
  return Number.isFinite(value) && value >= 0.001 && value <= 1000;
}

/** `flex`: a number or the CSS shorthand (`1`, `"auto"`, `"1 1 0"`, `"0 0 120px"`). */
export function flexCss(value: number | string): string | undefined {
  if (typeof value === 'number') return isFactor(value) ? `${value}` : undefined;
  const word = value.trim().toLowerCase();
  if (word === 'auto' || word === 'none' || word === 'initial') return word;
  return readCss(value, (reader) => {
    const factors: number[] = [];
    while (factors.length < 2) {
      const factor = reader.attempt(() => {
        const token = reader.take('number');
        return token && token.unit === '' && isFactor(token.value) ? token : undefined;
      });
      if (!factor) break;
      factors.push(factor.value);
    }
    if (factors.length === 0) return undefined;
    const basis = readLength(reader) ?? reader.take('word', 'auto')?.text;
    return [...factors, ...(basis === undefined || basis.startsWith('-') ? [] : [basis])].join(' ');
  });
}

function isFactor(value: number): boolean {
  return Number.isFinite(value) && value >= 0 && value <= maxLengthNumber;
}

/** A token of the subset of CSS that widget values may use. */
type CssToken =
  | { readonly kind: 'number'; readonly value: number; readonly unit: string; readonly text: string }
  | { readonly kind: 'hash'; readonly text: string }
  | { readonly kind: 'word'; readonly text: string }
  | { readonly kind: 'function'; readonly text: string }
  | { readonly kind: 'mark'; readonly text: string };

/** Maximum length of a value, in characters. Real values, including gradients with many stops, are much shorter. */
const maxLength = 600;

const pattern =
  /\s+|(?<number>[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d{1,3})?)(?<unit>%|[a-z]+)?|#(?<hash>[0-9a-f]+)|(?<word>-?[a-z][a-z0-9-]*)(?<call>\()?|(?<mark>[(),/*+-])/iy;

/**
 * Splits a value into tokens. Undefined if it has a character outside the grammar: quotes, backslashes, semicolons, braces,
 * `!`, `@`, comments and non-ASCII characters are rejected before the value is interpreted.
 */
function cssTokens(text: string): readonly CssToken[] | undefined {
  if (text.length > maxLength) return undefined;
  const tokens: CssToken[] = [];
  pattern.lastIndex = 0;
  while (pattern.lastIndex < text.length) {
    const match = pattern.exec(text);
    if (!match?.groups) return undefined;
    const { number, unit, hash, word, call, mark } = match.groups;
    if (number !== undefined) {
      const value = Number(number);
      if (!Number.isFinite(value)) return undefined;
      tokens.push({ kind: 'number', value, unit: (unit ?? '').toLowerCase(), text: match[0].toLowerCase() });
    } else if (hash !== undefined) tokens.push({ kind: 'hash', text: `#${hash.toLowerCase()}` });
    else if (word !== undefined) {
      tokens.push({ kind: call ? 'function' : 'word', text: word.toLowerCase() });
    } else if (mark !== undefined) {
      // `/*` would start a comment, whose end the browser and this parser could see in different positions.
      if (mark === '*' && text[match.index - 1] === '/') return undefined;
      tokens.push({ kind: 'mark', text: mark });
    }
  }
  return tokens;
}

/** Reads tokens in sequence. */
export class CssReader {
  readonly #tokens: readonly CssToken[];
  #at = 0;

  constructor(tokens: readonly CssToken[]) {
    this.#tokens = tokens;
  }

  get done(): boolean {
    return this.#at >= this.#tokens.length;
  }

  peek(): CssToken | undefined {
    return this.#tokens[this.#at];
  }

  /** Consumes and returns the next token if it has the kind and text; otherwise undefined. */
  take<K extends CssToken['kind']>(kind: K, text?: string): Extract<CssToken, { kind: K }> | undefined {
    const token = this.#tokens[this.#at];
    if (token?.kind !== kind || (text !== undefined && token.text !== text)) return undefined;
    this.#at += 1;
    return token as Extract<CssToken, { kind: K }>;
  }

  /** Runs `read`; if it returns undefined, consumes nothing. */
  attempt<T>(read: () => T | undefined): T | undefined {
    const start = this.#at;
    const result = read();
    if (result === undefined) this.#at = start;
    return result;
  }
}

/** Reads a complete text with `read`; undefined if it does not match or tokens remain. */
export function readCss(text: string, read: (reader: CssReader) => string | undefined): string | undefined {
  const tokens = cssTokens(text);
  if (!tokens || tokens.length === 0) return undefined;
  const reader = new CssReader(tokens);
  const css = read(reader);
  return css !== undefined && reader.done ? css : undefined;
}

/** The supported units of length: absolute, relative to the font and to the viewport; not to containers. */
const lengthUnits = new Set(
  'px em rem ch ex lh rlh cm mm q in pt pc vw vh vmin vmax svw svh lvw lvh dvw dvh'.split(' '),
);

/** Maximum number in a length: larger values could only break the page around the widget. */
const maxLengthNumber = 10_000;

const mathFunctions = new Set(['calc', 'min', 'max', 'clamp']);
const maxNesting = 8;

/** Reads a length, a percentage or a calculation of both; undefined if the next tokens are none. */
export function readLength(reader: CssReader): string | undefined {
  return readSimpleLength(reader) ?? reader.attempt(() => readMath(reader, 0));
}

function readSimpleLength(reader: CssReader): string | undefined {
  return reader.attempt(() => {
    const token = reader.take('number');
    if (!token || Math.abs(token.value) > maxLengthNumber) return undefined;
    if (token.unit === '%' || lengthUnits.has(token.unit)) return `${token.value}${token.unit}`;
    return token.unit === '' && token.value === 0 ? '0' : undefined;
  });
}

function readMath(reader: CssReader, depth: number): string | undefined {
  const call = reader.take('function');
  if (!call || !mathFunctions.has(call.text) || depth > maxNesting) return undefined;
  const parts: string[] = [];
  do {
    const sum = readSum(reader, depth + 1);
    if (sum === undefined) return undefined;
    parts.push(sum);
  } while (reader.take('mark', ','));
  if (!reader.take('mark', ')')) return undefined;
  const argumentCount = { calc: 1, clamp: 3 }[call.text];
  return argumentCount === undefined || argumentCount === parts.length
    ? `${call.text}(${parts.join(', ')})`
    : undefined;
}

function readSum(reader: CssReader, depth: number): string | undefined {
  let css = readProduct(reader, depth);
  while (css !== undefined) {
    const sign = reader.take('mark', '+') ?? reader.take('mark', '-');
    if (!sign) return css;
    const right = readProduct(reader, depth);
    if (right === undefined) return undefined;
    css = `${css} ${sign.text} ${right}`;
  }
  return undefined;
}

function readProduct(reader: CssReader, depth: number): string | undefined {
  let css = readOperand(reader, depth);
  while (css !== undefined) {
    const sign = reader.take('mark', '*') ?? reader.take('mark', '/');
    if (!sign) return css;
    const right = readOperand(reader, depth);
    if (right === undefined) return undefined;
    css = `${css} ${sign.text} ${right}`;
  }
  return undefined;
}

function readOperand(reader: CssReader, depth: number): string | undefined {
  if (depth > maxNesting) return undefined;
  const simple = readSimpleLength(reader);
  if (simple !== undefined) return simple;
  const number = reader.attempt(() => {
    const token = reader.take('number');
    return token && token.unit === '' && Math.abs(token.value) <= maxLengthNumber ? String(token.value) : undefined;
  });
  if (number !== undefined) return number;
  if (reader.take('mark', '(')) {
    const inner = readSum(reader, depth + 1);
    return inner !== undefined && reader.take('mark', ')') ? `(${inner})` : undefined;
  }
  return readMath(reader, depth + 1);
}

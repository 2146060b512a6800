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
export function cssTokens(text: string): readonly CssToken[] | undefined {
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

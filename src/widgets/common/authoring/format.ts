import { type Token, blocksOf, opensBlock, tokensOf } from './structure.ts';

/** Objects, arrays and blocks up to this length stay on one line, in characters. */
const maxLine = 100;

/** A part of a template: a token, a container or a block with its branches. */
type Part =
  | { readonly kind: 'token'; readonly text: string }
  | { readonly kind: 'verbatim'; readonly text: string }
  | { readonly kind: 'container'; readonly open: string; readonly close: string; readonly entries: readonly Entry[] }
  | { readonly kind: 'block'; readonly sections: readonly Section[]; readonly end: string };

interface Section {
  readonly tag: string;
  readonly entries: readonly Entry[];
}

/** Parts up to a comma, which belongs to them. */
type Entry = readonly Part[];

/** Blocks whose text may be part of a string or have a meaning of its own: their text is not changed. */
const verbatim = new Set(['macro', 'call', 'filter', 'set', 'block', 'autoescape']);

/**
 * Formats a template: one line for each property, statements on lines of their own. White space within strings, expressions
 * and macros is not changed. Returns null if brackets and blocks do not match, because then lines have no level.
 */
export function formatTemplate(text: string, unit: string): string | null {
  const tokens = tokensOf(text);
  if (tokens.some(({ closed }) => !closed) || blocksOf(tokens).some(({ closer }) => closer === null)) return null;
  const parsed = new Reader(text, tokens).read();
  if (parsed === null) return null;
  const formatted = `${printEntries(parsed, '', unit).trim()}\n`;
  // Only white space between tokens may differ.
  const before = tokens.map((token) => token.text);
  const after = tokensOf(formatted).map((token) => token.text);
  return before.length === after.length && before.every((token, index) => token === after[index]) ? formatted : null;
}

class Reader {
  readonly #text: string;
  readonly #tokens: readonly Token[];
  readonly #closers: ReadonlyMap<Token, Token | null>;
  #at = 0;
  #failed = false;

  constructor(text: string, tokens: readonly Token[]) {
    this.#text = text;
    this.#tokens = tokens;
    this.#closers = new Map(blocksOf(tokens).map(({ opener, closer }) => [opener, closer]));
  }

  read(): readonly Entry[] | null {
    const entries = this.#entries(() => false);
    return this.#failed || this.#at < this.#tokens.length ? null : entries;
  }

  /** Reads up to a token that `ends`, which is not consumed. */
  #entries(ends: (token: Token) => boolean): readonly Entry[] {
    const entries: Part[][] = [];
    let entry: Part[] = [];
    for (let token = this.#tokens[this.#at]; token !== undefined && !ends(token); token = this.#tokens[this.#at]) {
      if (token.text === '}' || token.text === ']' || isBranch(token)) {
        this.#failed = true;
        return [];
      }
      const startsEntry = token.kind === 'statement' || token.kind === 'comment';
      const previous = entry.at(-1);
      const isAfterKey = previous?.kind === 'token' && previous.text === ':';
      if (startsEntry && !isAfterKey && entry.length > 0 && !this.#isCommaOnly(token)) {
        entries.push(entry);
        entry = [];
      }
      const part = this.#part(token);
      entry.push(part);
      const isComma = part.kind === 'token' && part.text === ',';
      const next = this.#tokens[this.#at];
      // A comma at the start belongs to what follows it.
      const endsEntry = isComma && entry.length > 1 && next?.text !== ',';
      if (endsEntry || (startsEntry && !isAfterKey && next?.text !== ',')) {
        entries.push(entry);
        entry = [];
      }
    }
    if (entry.length > 0) entries.push(entry);
    return entries;
  }

  /** `{% if not loop.last %},{% endif %}` stays behind what it separates. */
  #isCommaOnly(token: Token): boolean {
    const closer = this.#closers.get(token);
    if (closer === undefined || closer === null) return false;
    return this.#text.slice(token.end, closer.offset).trim() === ',';
  }

  /**
   * Entries that each start with a comma, collected by `set` and printed without the first comma: the form that the designer
   * of widgets writes. Its first character counts, so every statement in it must remove the white space around it.
   */
  #isJoinedList(opener: Token, closer: Token): boolean {
    const [, name] = /^\{%-\s{0,9}set\s{1,9}(\w{1,40})\s{0,9}-%\}$/.exec(opener.text) ?? [];
    const from = this.#tokens.indexOf(opener);
    const to = this.#tokens.indexOf(closer);
    const printed = this.#tokens[to + 1]?.text ?? '';
    if (name === undefined || printed.length > 300 || !/^\{%-.*-%\}$/s.test(closer.text)) return false;
    if (printed.replaceAll(/[\s{}()-]/g, '') !== `${name}[1:]if${name}and${name}[0]==','else${name}`) return false;
    let depth = 0;
    return this.#tokens.slice(from + 1, to).every(({ kind, text }) => {
      if (text === '{' || text === '[') depth += 1;
      if (text === '}' || text === ']') depth -= 1;
      return kind !== 'statement' || depth > 0 || /^\{%-.*-%\}$/s.test(text);
    });
  }

  #part(token: Token): Part {
    this.#at += 1;
    if (token.text === '{' || token.text === '[') {
      const close = token.text === '{' ? '}' : ']';
      const entries = this.#entries(({ text }) => text === close);
      if (this.#tokens[this.#at]?.text !== close) this.#failed = true;
      this.#at += 1;
      return { kind: 'container', open: token.text, close, entries };
    }
    if (!opensBlock(token)) return { kind: 'token', text: token.text };
    const closer = this.#closers.get(token) ?? null;
    if (closer === null) {
      this.#failed = true;
      return { kind: 'token', text: token.text };
    }
    const isFixed = verbatim.has(token.keyword) && !this.#isJoinedList(token, closer);
    if (isFixed || this.#isCommaOnly(token)) {
      while (this.#tokens[this.#at] !== closer && this.#at < this.#tokens.length) this.#at += 1;
      this.#at += 1;
      return { kind: 'verbatim', text: this.#text.slice(token.offset, closer.end) };
    }
    return this.#block(token, closer);
  }

  #block(opener: Token, closer: Token): Part {
    const sections: Section[] = [];
    let tag = opener;
    for (;;) {
      const entries = this.#entries((token) => token === closer || isBranch(token));
      sections.push({ tag: tag.text, entries });
      const next = this.#tokens[this.#at];
      this.#at += 1;
      if (next === undefined || this.#failed) {
        this.#failed = true;
        break;
      }
      if (next === closer) break;
      tag = next;
    }
    return { kind: 'block', sections, end: closer.text };
  }
}

function isBranch({ kind, keyword }: Token): boolean {
  return kind === 'statement' && (keyword === 'else' || keyword === 'elif');
}

function printEntries(entries: readonly Entry[], indent: string, unit: string): string {
  return entries.map((entry) => indent + printEntry(entry, indent, unit)).join('\n');
}

function printEntry(entry: Entry, indent: string, unit: string): string {
  let printed = '';
  for (const part of entry) {
    const text = printPart(part, indent, unit);
    const glued =
      /^(?:,|\{\{-?\s*["'],)/.test(text) ||
      text === ':' ||
      printed === '' ||
      (part.kind === 'verbatim' && isCommaBlock(part));
    printed += glued ? text : ` ${text}`;
  }
  return printed;
}

function isCommaBlock({ text }: { readonly text: string }): boolean {
  return /%\}\s*,\s*\{%[^%]*%\}$/.test(text);
}

function printPart(part: Part, indent: string, unit: string): string {
  if (part.kind === 'token' || part.kind === 'verbatim') return part.text;
  const flat = flatOf(part);
  if (flat !== null && indent.length + flat.length <= maxLine) return flat;
  const inner = indent + unit;
  if (part.kind === 'container') {
    return `${part.open}\n${printEntries(part.entries, inner, unit)}\n${indent}${part.close}`;
  }
  const sections = part.sections.map(({ tag, entries }) =>
    entries.length === 0 ? tag : `${tag}\n${printEntries(entries, inner, unit)}`,
  );
  return `${sections.join(`\n${indent}`)}\n${indent}${part.end}`;
}

/** A part on one line; null if it contains statements, line breaks or nested containers with several entries. */
function flatOf(part: Part): string | null {
  if (part.kind === 'token' || part.kind === 'verbatim') return part.text.includes('\n') ? null : part.text;
  if (part.kind === 'block') {
    // Alternatives of one value stay on its line.
    const isValue =
      /^\{%[-+]?\s*if\b/.test(part.sections[0]?.tag ?? '') &&
      part.sections.every(({ entries }) => entries.length === 1 && entries[0]?.length === 1);
    if (!isValue) return null;
    const sections = part.sections.map(({ tag, entries }) => {
      const value = entries[0]?.[0];
      const flat = value === undefined || value.kind === 'block' ? null : flatOf(value);
      return flat === null ? null : `${tag}${flat}`;
    });
    return sections.includes(null) ? null : `${sections.join('')}${part.end}`;
  }
  if (part.entries.length === 0) return part.open + part.close;
  const entries = part.entries.map((entry) => {
    const texts = entry.map((inner) => (inner.kind === 'container' && inner.entries.length > 3 ? null : flatOf(inner)));
    if (texts.includes(null) || entry.some(({ kind }) => kind === 'block' || kind === 'verbatim')) return null;
    return texts.reduce<string>(
      (line, text) => (line === '' || text === ',' || text === ':' ? line + (text ?? '') : `${line} ${text}`),
      '',
    );
  });
  if (entries.includes(null)) return null;
  return part.open === '{' ? `{ ${entries.join(' ')} }` : `[${entries.join(' ')}]`;
}

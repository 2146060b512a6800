/** A comment or a string of a source file. */
export interface Prose {
  readonly kind: 'comment' | 'string';
  /** From 1. */
  readonly line: number;
  /** Without the marks around it, on one line; `…` replaces each expression of a template. */
  readonly text: string;
  /** Callee of the innermost call around a string, for example `l10n.t` or `new SourceError`; '' if there is none. */
  readonly call: string;
  /** Whether a string is the key of a property. */
  readonly isKey: boolean;
}

const comment = /\/\/[^\n]*|\/\*[\s\S]*?\*\//y;
const quoted = /'(?:[^'\\\n]|\\[\s\S])*'|"(?:[^"\\\n]|\\[\s\S])*"/y;
const regex = /\/(?:[^/\\[\n]|\\.|\[(?:[^\]\\\n]|\\.)*\])+\/[a-z]*/y;
const callee = /((?:new\s+)?[\w.]+)(?:<[^<>()]*>)?$/;
/** Code before a regular expression. After other code, `/` is a division or the end of a JSX element. */
const beforeRegex = /(?:^|[=(,:;!&|?{}[+>]|\breturn)\s*$/;

/** Returns the comments and strings of TypeScript or JavaScript that is formatted with Prettier. */
export function proseOf(source: string): readonly Prose[] {
  const found: Prose[] = [];
  const calls: string[] = [];
  let at = 0;
  let line = 1;
  let counted = 0;

  const take = (pattern: RegExp): string | undefined => {
    pattern.lastIndex = at;
    const text = pattern.exec(source)?.[0];
    at += text?.length ?? 0;
    return text;
  };
  const lineAt = (offset: number): number => {
    for (; counted < offset; counted += 1) if (source[counted] === '\n') line += 1;
    return line;
  };
  const addString = (start: number, text: string): void => {
    const isKey =
      /^\s*:/.test(source.slice(at, at + 10)) && /[{,]\s*$/.test(source.slice(Math.max(0, start - 80), start));
    found.push({ kind: 'string', line: lineAt(start), text, call: calls.at(-1) ?? '', isKey });
  };

  /** Reads up to the brace that closes an expression of a template, or to the end of the file. */
  const readCode = (): void => {
    for (let depth = 0; at < source.length; at += 1) {
      const start = at;
      const note = take(comment);
      if (note !== undefined) {
        const text = note.replace(/^\/[*/]+|\*\/$/g, '').replace(/\n\s*\*?/g, ' ');
        found.push({
          kind: 'comment',
          line: lineAt(start),
          text: text.replace(/\s+/g, ' ').trim(),
          call: '',
          isKey: false,
        });
        at -= 1;
        continue;
      }
      const string = take(quoted);
      if (string !== undefined) {
        addString(start, string.slice(1, -1));
        at -= 1;
        continue;
      }
      const before = source.slice(Math.max(0, at - 80), at);
      const next = source[at];
      if (next === '`') readTemplate();
      else if (next === '/' && beforeRegex.test(before) && take(regex) !== undefined) at -= 1;
      else if (next === '(') calls.push(callee.exec(before)?.[1] ?? '');
      else if (next === ')') calls.pop();
      else if (next === '{') depth += 1;
      else if (next === '}') {
        if (depth === 0) return;
        depth -= 1;
      }
    }
  };

  /** Reads a template; ends at its last character. */
  const readTemplate = (): void => {
    const start = at;
    let text = '';
    for (at += 1; at < source.length && source[at] !== '`'; at += 1) {
      if (source.startsWith('${', at)) {
        at += 2;
        readCode();
        text += '…';
        continue;
      }
      if (source[at] === '\\') at += 1;
      text += source[at] ?? '';
    }
    at += 1;
    addString(start, text);
    at -= 1;
  };

  readCode();
  return found;
}

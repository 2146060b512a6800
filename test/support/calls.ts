/** Returns the text between the parentheses of each call of `name` in formatted code, nested calls included. */
export function callsOf(text: string, name: string): readonly string[] {
  const start = new RegExp(`(?<![\\w.])(?<!function )${name}(?:<[^()]*>)?\\(`, 'g');
  return [...text.matchAll(start)].map((match) => {
    const from = match.index + match[0].length;
    return text.slice(from, closingOf(text, from));
  });
}

/** Returns the first argument if it is a literal without template placeholders, and the text after it. */
export function literalOf(args: string): { readonly value: string; readonly rest: string } | null {
  const match = /^\s*(?:'((?:[^'\\]|\\.)*)'|`((?:[^`\\$]|\\.)*)`|"((?:[^"\\]|\\.)*)"),?\s*/s.exec(args);
  if (match === null) return null;
  const quoted = match[1] ?? match[2] ?? match[3] ?? '';
  return {
    value: quoted.replace(/\\(.)/g, (_, char: string) => (char === 'n' ? '\n' : char)),
    rest: args.slice(match[0].length).trim(),
  };
}

/** Returns the position of the parenthesis that closes the one open at `from`. Quoted text may contain parentheses. */
function closingOf(text: string, from: number): number {
  const token = /'(?:[^'\\\n]|\\.)*'|"(?:[^"\\\n]|\\.)*"|`(?:[^`\\]|\\.)*`|\/\/.*|[()]/g;
  token.lastIndex = from;
  let depth = 1;
  for (let match = token.exec(text); match !== null; match = token.exec(text)) {
    if (match[0] === '(') depth += 1;
    else if (match[0] === ')') depth -= 1;
    if (depth === 0) return match.index;
  }
  return text.length;
}

/** A position in a source file that a text names, for example a stack trace. */
export interface FileLocation {
  /** Indices of the place in the text. */
  readonly start: number;
  readonly end: number;
  /** As it is written in the text: absolute or relative, of any machine. */
  readonly path: string;
  /** From 1. */
  readonly line: number;
  /** From 1; null if the text does not name one. */
  readonly column: number | null;
}

/** Extensions of source files: without them, `example.com:443` would be a file. */
const extensions =
  'astro|c|cc|cjs|clj|cpp|cs|cts|dart|ex|exs|go|h|hpp|java|jinja|js|json|jsonl|jsx|kt|lua|mjs|mts|php|pl|py|pyi|pyx|rb|rs|scala|sh|sql|svelte|swift|toml|ts|tsx|vue|widget|yaml|yml';

/** `File "x.py", line 3` of Python, and `x.ts:3:5` of nearly everything else. Both are bounded, so the time is linear. */
const pattern = new RegExp(
  String.raw`File "(?<quoted>[^"\n]{1,400})", line (?<quotedLine>\d{1,7})` +
    String.raw`|(?<![\w./\\@~-])(?<path>(?:file://)?(?:[A-Za-z]:(?=[\\/]))?[\w./\\@~+-]{1,400}?\.(?:${extensions})):(?<line>\d{1,7})(?::(?<column>\d{1,7}))?(?!\w)`,
  'g',
);

/** Returns the first locations of source files in a text, at most `max`, in order. */
export function fileLocations(text: string, max = 100): readonly FileLocation[] {
  const found: FileLocation[] = [];
  for (const match of text.matchAll(pattern)) {
    if (found.length === max) break;
    const { quoted, quotedLine, path, line, column } = match.groups ?? {};
    const named = quoted ?? path ?? '';
    // `//host.js:80` is the end of a URL; `<string>` is code without a file.
    if (named.startsWith('//') || /^<.*>$/.test(named)) continue;
    found.push({
      start: match.index,
      end: match.index + match[0].length,
      path: named.replace(/^file:\/\//, ''),
      line: Number(quotedLine ?? line),
      column: column === undefined ? null : Number(column),
    });
  }
  return found;
}

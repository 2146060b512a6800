import { spend } from '../budget.ts';
import { valueError } from '../errors.ts';
import { wordCharacters } from '../text/unicode.ts';
import { textLength, textSlice } from '../text/points.ts';

export interface WrapOptions {
  readonly width: number;
  readonly breakLongWords: boolean;
  readonly breakOnHyphens: boolean;
}

const blank = ' \\t\\n\\v\\f\\r';
const word = `[${wordCharacters}!"'&.,?]`;
const letter = `(?:(?![\\p{Nd}_])[${wordCharacters}])`;
const notBlank = `[^${blank}]`;
/** White space, dashes between words, or a word that may end with a hyphen. */
const chunks = new RegExp(
  `([${blank}]+|(?<=${word})-{2,}(?=[${wordCharacters}])|` +
    `${notBlank}+?(?:-(?:(?<=${letter}{2}-)|(?<=${letter}-${letter}-))(?=${letter}-?${letter})|` +
    `(?=[${blank}]|$)|(?<=${word})(?=-{2,}[${wordCharacters}])))`,
  'u',
);
const plainChunks = new RegExp(`([${blank}]+)`);
const allBlank = new RegExp(`^[${blank}]*$`);

/** Lines longer than this are split at white space only: the search for hyphens takes too long. */
const maxLine = 20_000;

/** The lines of a paragraph, as Python's `textwrap.wrap` breaks them without changing white space. */
export function wrapLine(text: string, options: WrapOptions): string[] {
  if (options.width <= 0) throw valueError(`invalid width ${options.width} (must be > 0)`);
  spend(text.length);
  const pattern = options.breakOnHyphens && text.length <= maxLine ? chunks : plainChunks;
  const rest = text
    .split(pattern)
    .filter((part) => part !== '')
    .reverse();
  const lines: string[] = [];
  while (rest.length > 0) {
    if (lines.length > 0 && isBlank(rest.at(-1))) rest.pop();
    const line = takeLine(rest, options);
    if (isBlank(line.at(-1))) line.pop();
    if (line.length > 0) lines.push(line.join(''));
  }
  return lines;
}

function isBlank(part: string | undefined): boolean {
  return part !== undefined && allBlank.test(part);
}

function takeLine(rest: string[], options: WrapOptions): string[] {
  const line: string[] = [];
  let length = 0;
  for (let next = rest.at(-1); next !== undefined; next = rest.at(-1)) {
    const size = textLength(next);
    if (length + size > options.width) {
      if (size > options.width) breakWord(rest, line, length, options);
      break;
    }
    line.push(next);
    length += size;
    rest.pop();
  }
  return line;
}

/** A word that is longer than a line is broken, or has a line of its own. */
function breakWord(rest: string[], line: string[], length: number, options: WrapOptions): void {
  const whole = rest.pop() ?? '';
  const space = Math.max(1, options.width - length);
  if (!options.breakLongWords) {
    if (line.length === 0) line.push(whole);
    else rest.push(whole);
    return;
  }
  const end = options.breakOnHyphens ? hyphenEnd(whole, space) : space;
  line.push(textSlice(whole, 0, end));
  rest.push(textSlice(whole, end, textLength(whole)));
}

/** Where a long word is broken: after its last hyphen that fits, if something else is in front of it. */
function hyphenEnd(whole: string, space: number): number {
  if (textLength(whole) <= space) return space;
  const head = Array.from(whole).slice(0, space);
  const hyphen = head.lastIndexOf('-');
  return hyphen > 0 && head.slice(0, hyphen).some((character) => character !== '-') ? hyphen + 1 : space;
}

import { spend } from '../core/budget.ts';
import { valueError } from '../core/errors.ts';
import { isSpace, wordCharacters } from '../text/unicode.ts';
import { characters } from '../text/points.ts';

interface WrapOptions {
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

/** Lines longer than this are split at white space only: the search for hyphens takes too long. */
const maxLine = 8_000;

/** A part of a line: white space or a word, from an index of its characters on. */
interface Chunk {
  readonly all: readonly string[];
  readonly from: number;
}

const sizeOf = ({ all, from }: Chunk): number => all.length - from;

/** The lines of a paragraph, as Python's `textwrap.wrap` breaks them without changing white space. */
export function wrapLine(text: string, options: WrapOptions): string[] {
  if (options.width <= 0) throw valueError(`invalid width ${options.width} (must be > 0)`);
  spend(text.length);
  const pattern = options.breakOnHyphens && text.length <= maxLine ? chunks : plainChunks;
  const rest: Chunk[] = text
    .split(pattern)
    .filter((part) => part !== '')
    .map((part) => ({ all: characters(part), from: 0 }))
    .reverse();
  const lines: string[] = [];
  while (rest.length > 0) {
    const next = rest.at(-1);
    if (lines.length > 0 && next !== undefined && isSpace(next.all[next.from] ?? ' ')) rest.pop();
    const line = takeLine(rest, options);
    const last = line.at(-1);
    if (last !== undefined && isBlank(last)) line.pop();
    if (line.length > 0) lines.push(line.map((part) => part.join('')).join(''));
  }
  return lines;
}

function isBlank(part: readonly string[]): boolean {
  return part.every(isSpace);
}

function takeLine(rest: Chunk[], options: WrapOptions): (readonly string[])[] {
  const line: (readonly string[])[] = [];
  let length = 0;
  for (let next = rest.at(-1); next !== undefined; next = rest.at(-1)) {
    const size = sizeOf(next);
    if (length + size > options.width) {
      if (size > options.width) breakWord(rest, line, length, options);
      break;
    }
    line.push(next.all.slice(next.from));
    length += size;
    rest.pop();
  }
  return line;
}

/**
 * A word that is longer than a line is broken, or gets a separate line. If the line is full, Python adds an empty part,
 * which keeps white space at the end of the line.
 */
function breakWord(rest: Chunk[], line: (readonly string[])[], length: number, options: WrapOptions): void {
  const whole = rest.pop() ?? { all: [], from: 0 };
  if (!options.breakLongWords) {
    if (line.length === 0) line.push(whole.all.slice(whole.from));
    else rest.push(whole);
    return;
  }
  const room = whole.all.slice(whole.from, whole.from + options.width - length);
  const end = options.breakOnHyphens ? hyphenEnd(room) : room.length;
  line.push(room.slice(0, end));
  rest.push({ all: whole.all, from: whole.from + end });
}

/** Where a long word is broken: after its last hyphen that fits, if something else is in front of it. */
function hyphenEnd(room: readonly string[]): number {
  const hyphen = room.lastIndexOf('-');
  return hyphen > 0 && room.slice(0, hyphen).some((character) => character !== '-') ? hyphen + 1 : room.length;
}

import { allowText } from '../core/budget.ts';

/** Letters that represent two letters and have a separate form at the start of a word. */
const titleForms: Readonly<Record<string, string>> = Object.fromEntries(
  ['ǄǅǄǆ', 'ǇǈǇǉ', 'ǊǋǊǌ', 'ǱǲǱǳ'].flatMap((row) => {
    const [upper = '', title = '', , lower = ''] = row;
    return [upper, title, lower].map((letter) => [letter, title]);
  }),
);

/** The form of a letter at the start of a word. */
function titleCharacter(character: string): string {
  const form = titleForms[character];
  if (form !== undefined) return form;
  const point = character.codePointAt(0) ?? 0;
  // Georgian letters are upper case in texts of capitals only.
  if (isTitleCharacter(character) || (point >= 0x10d0 && point <= 0x10ff)) return character;
  const upper = character.toUpperCase();
  const [first = '', ...rest] = Array.from(upper);
  if (rest.length === 0) return upper;
  // Greek letters with iota below keep it: it is a separate letter only in upper case.
  if (point >= 0x1f80 && point <= 0x1ffc) return greekTitle(character, point, first, rest);
  if (point === 0x149) return upper;
  return first + rest.join('').toLowerCase();
}

function greekTitle(character: string, point: number, first: string, rest: readonly string[]): string {
  if (point <= 0x1faf) return String.fromCodePoint(point | 8);
  if (point === 0x1fb3 || point === 0x1fc3 || point === 0x1ff3) return String.fromCodePoint(point + 9);
  return character.normalize('NFD').endsWith('\u0345')
    ? `${first}${rest.slice(0, -1).join('')}\u0345`
    : first + rest.join('');
}

/** `str.capitalize`: the first character in title case, the rest in lower case. */
export function capitalize(text: string): string {
  const [first = ''] = text;
  return titleCharacter(first) + lowerRest(text, first.length);
}

/** A final sigma depends on what precedes it, so that the whole text is put into lower case. */
function lowerRest(text: string, from: number): string {
  const head = text.slice(0, from);
  return text.toLowerCase().slice(head.toLowerCase().length);
}

/** The characters of a text with their lower-case forms; whether a sigma is final depends on its place. */
function* withLowerCase(text: string): Generator<readonly [string, string]> {
  const lower = text.toLowerCase();
  let offset = 0;
  for (const character of text) {
    const { length } = character.toLowerCase();
    yield [character, lower.slice(offset, offset + length)];
    offset += length;
  }
}

/** `str.title`: every word in title case. */
export function title(text: string): string {
  let result = '';
  let inWord = false;
  for (const [character, lower] of withLowerCase(text)) {
    result += inWord ? lower : titleCharacter(character);
    inWord = isCased(character);
  }
  return result;
}

/** `str.swapcase`: upper case becomes lower case, and the reverse. */
export function swapCase(text: string): string {
  let result = '';
  for (const [character, lower] of withLowerCase(text)) {
    if (isUpperCharacter(character)) result += lower;
    else result += isLowerCharacter(character) ? character.toUpperCase() : character;
  }
  return result;
}

/** `str.casefold`: the form for comparisons without case. */
export function caseFold(text: string): string {
  return characters(text).map(foldCharacter).join('');
}

function foldCharacter(character: string): string {
  const point = character.codePointAt(0) ?? 0;
  if (character === 'ı') return character;
  if (character === 'İ') return 'i̇';
  if (character === 'ẞ') return 'ss';
  // Cherokee letters fold to the upper case.
  if (
    (point >= 0x13a0 && point <= 0x13f5) ||
    (point >= 0x13f8 && point <= 0x13fd) ||
    (point >= 0xab70 && point <= 0xabbf)
  ) {
    return character.toUpperCase();
  }
  return character.toUpperCase().toLowerCase().replaceAll('ς', 'σ');
}

/** `str.isupper`: at least one cased character, and all of them in upper case. */
export function isUpper(text: string): boolean {
  const all = characters(text);
  return (
    all.some(isUpperCharacter) && !all.some((character) => isLowerCharacter(character) || isTitleCharacter(character))
  );
}

/** `str.islower`: at least one cased character, and all of them in lower case. */
export function isLower(text: string): boolean {
  const all = characters(text);
  return (
    all.some(isLowerCharacter) && !all.some((character) => isUpperCharacter(character) || isTitleCharacter(character))
  );
}

/** `str.istitle`: at least one cased character, and upper case only at the start of words. */
export function isTitle(text: string): boolean {
  let found = false;
  let inWord = false;
  for (const character of text) {
    if (isUpperCharacter(character) || isTitleCharacter(character)) {
      if (inWord) return false;
      inWord = true;
      found = true;
    } else if (isLowerCharacter(character)) {
      if (!inWord) return false;
      found = true;
    } else {
      inWord = false;
    }
  }
  return found;
}

const surrogate = /[\ud800-\udfff]/;

/** Whether UTF-16 code units and code points are the same in this text. */
export function isNarrow(text: string): boolean {
  return !surrogate.test(text);
}

/** `len()` of a text: its code points. */
export function textLength(text: string): number {
  if (isNarrow(text)) return text.length;
  let count = 0;
  for (const _ of text) count += 1;
  return count;
}

/** The characters of a text as Python counts them. */
export function characters(text: string): string[] {
  return isNarrow(text) ? text.split('') : Array.from(text);
}

/** The code points from `start` to `end`, both within the text. */
export function textSlice(text: string, start: number, end: number): string {
  return isNarrow(text) ? text.slice(start, end) : Array.from(text).slice(start, end).join('');
}

/** The number of code points before a UTF-16 offset. */
export function pointIndex(text: string, offset: number): number {
  return offset < 0 ? offset : textLength(text.slice(0, offset));
}

/** Repeats a text as `*` does. Throws when the result exceeds the budget of the rendering. */
export function repeat(text: string, times: number): string {
  if (times <= 0 || text === '') return '';
  allowText(text.length * times);
  return text.repeat(times);
}

/** Fills up to `width` code points, as `ljust`, `rjust` and `center` do. */
export function pad(text: string, width: number, align: '<' | '>' | '^', fill = ' '): string {
  const missing = width - textLength(text);
  if (missing <= 0) return text;
  allowText(width);
  if (align === '<') return text + fill.repeat(missing);
  if (align === '>') return fill.repeat(missing) + text;
  const left = Math.floor(missing / 2);
  return fill.repeat(left) + text + fill.repeat(missing - left);
}

/** Joins texts after accounting for the result. */
export function concatenate(parts: readonly string[], separator = ''): string {
  allowText(parts.reduce((sum, part) => sum + part.length, separator.length * Math.max(0, parts.length - 1)));
  return parts.join(separator);
}

/** Content of a character class with what `str.isspace` accepts; JavaScript's `\s` differs. */
export const spaces = '\\t-\\r\\x1c-\\x20\\x85\\xa0\\u1680\\u2000-\\u200a\\u2028\\u2029\\u202f\\u205f\\u3000';

/** What `str.splitlines` takes for the end of a line. */
export const lineBreaks = '\\r\\n|[\\n\\v\\f\\r\\x1c-\\x1e\\x85\\u2028\\u2029]';

const allSpace = new RegExp(`^[${spaces}]+$`);
const leadingSpace = new RegExp(`^[${spaces}]+`);
const spaceRuns = new RegExp(`[${spaces}]+`, 'g');
const unprintable = /[\p{C}\p{Z}]/u;

/** `str.isspace`: at least one character, and only white space. */
export function isSpace(text: string): boolean {
  return allSpace.test(text);
}

/** `str.isprintable` for one character. */
export function isPrintable(character: string): boolean {
  return character === ' ' || !unprintable.test(character);
}

/** `str.lstrip` without an argument. */
export function trimStart(text: string): string {
  return text.replace(leadingSpace, '');
}

/** A regular expression would try each run of spaces in the middle; this takes the last one only. */
export function trimEnd(text: string): string {
  let end = text.length;
  while (end > 0 && isSpace(text.charAt(end - 1))) end -= 1;
  return text.slice(0, end);
}

/** `str.strip` without an argument. */
export function trim(text: string): string {
  return trimEnd(trimStart(text));
}

/** The words between runs of white space. */
export function words(text: string): string[] {
  const trimmed = trim(text);
  return trimmed === '' ? [] : trimmed.split(spaceRuns);
}

const decimal = /^\p{Nd}$/u;

/** The value of a decimal digit of any script, `undefined` for other characters. */
export function digitValue(character: string): number | undefined {
  if (character >= '0' && character <= '9') return Number(character);
  if (!decimal.test(character)) return undefined;
  // Unicode encodes digits in contiguous runs of ten that start with zero.
  const point = character.codePointAt(0) ?? 0;
  let first = point;
  while (decimal.test(String.fromCodePoint(first - 1))) first -= 1;
  return (point - first) % 10;
}

/** Digits that are not decimal: superscripts, circled digits and the like. */
const otherDigits =
  '\\xb2\\xb3\\xb9\\u1369-\\u1371\\u19da\\u2070\\u2074-\\u2079\\u2080-\\u2089\\u2460-\\u2468\\u2474-\\u247c\\u2488-\\u2490' +
  '\\u24ea\\u24f5-\\u24fd\\u24ff\\u2776-\\u277e\\u2780-\\u2788\\u278a-\\u2792\\u{10a40}-\\u{10a43}\\u{10e60}-\\u{10e68}' +
  '\\u{11052}-\\u{1105a}\\u{1f100}-\\u{1f10a}';
/** Ideographs that are numbers. */
const numberIdeographs =
  '\\u3405\\u3483\\u382a\\u3b4d\\u4e00\\u4e03\\u4e07\\u4e09\\u4e5d\\u4e8c\\u4e94\\u4e96\\u4ebf-\\u4ec0\\u4edf\\u4ee8\\u4f0d' +
  '\\u4f70\\u5104\\u5146\\u5169\\u516b\\u516d\\u5341\\u5343-\\u5345\\u534c\\u53c1-\\u53c4\\u56db\\u58f1\\u58f9\\u5e7a\\u5efe' +
  '\\u5eff\\u5f0c-\\u5f0e\\u5f10\\u62fe\\u634c\\u67d2\\u6f06\\u7396\\u767e\\u8086\\u842c\\u8cae\\u8cb3\\u8d30\\u9621\\u9646' +
  '\\u964c\\u9678\\u96f6\\uf96b\\uf973\\uf978\\uf9b2\\uf9d1\\uf9d3\\uf9fd\\u{20001}\\u{20064}\\u{200e2}\\u{20121}\\u{2092a}' +
  '\\u{20983}\\u{2098c}\\u{2099c}\\u{20aea}\\u{20afd}\\u{20b19}\\u{22390}\\u{22998}\\u{23b1b}\\u{2626d}\\u{2f890}';

/** `str.isalpha` and its siblings, for the whole of a text that is not empty. */
export const textTests = {
  isalpha: /^\p{L}+$/u,
  isdecimal: /^\p{Nd}+$/u,
  isdigit: new RegExp(`^[\\p{Nd}${otherDigits}]+$`, 'u'),
  isnumeric: new RegExp(`^[\\p{N}${numberIdeographs}]+$`, 'u'),
  isalnum: new RegExp(`^[\\p{L}\\p{N}${numberIdeographs}]+$`, 'u'),
  isidentifier: /^[\p{XID_Start}_]\p{XID_Continue}*$/u,
} as const;

/** The characters of `\w` in Python, as the content of a character class of a `u` expression. */
export const wordCharacters = '\\p{L}\\p{N}_';

const isUpperCharacter = (character: string): boolean => /\p{Uppercase}/u.test(character);
const isLowerCharacter = (character: string): boolean => /\p{Lowercase}/u.test(character);
const isTitleCharacter = (character: string): boolean => /\p{Lt}/u.test(character);
/** Whether `str.title` and `str.istitle` take the character as part of a word. */
const isCased = (character: string): boolean => /\p{Cased}/u.test(character);

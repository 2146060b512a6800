import { characters, isCased, isLowerCharacter, isTitleCharacter, isUpperCharacter } from './unicode.ts';

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

export function title(text: string): string {
  let result = '';
  let inWord = false;
  for (const [character, lower] of withLowerCase(text)) {
    result += inWord ? lower : titleCharacter(character);
    inWord = isCased(character);
  }
  return result;
}

export function swapCase(text: string): string {
  let result = '';
  for (const [character, lower] of withLowerCase(text)) {
    if (isUpperCharacter(character)) result += lower;
    else result += isLowerCharacter(character) ? character.toUpperCase() : character;
  }
  return result;
}

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

export function isUpper(text: string): boolean {
  const all = characters(text);
  return (
    all.some(isUpperCharacter) && !all.some((character) => isLowerCharacter(character) || isTitleCharacter(character))
  );
}

export function isLower(text: string): boolean {
  const all = characters(text);
  return (
    all.some(isLowerCharacter) && !all.some((character) => isUpperCharacter(character) || isTitleCharacter(character))
  );
}

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

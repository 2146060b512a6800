import { spend } from '../core/budget.ts';
import { spaces, wordCharacters } from '../text/unicode.ts';
import { textLength } from '../text/points.ts';
import { ordered } from '../values/compare.ts';
import type { Value } from '../values/model.ts';
import { slice } from '../values/slices.ts';
import { str } from '../values/repr.ts';

/** Attributes of links, already escaped and with a space in front. */
interface LinkOptions {
  /** Characters of an address that are shown, null for all. */
  readonly limit: Value;
  readonly rel: string;
  readonly target: string;
  readonly schemes: readonly string[];
}

const label = `[${wordCharacters}%\\-]`;
const rest = `(?::\\p{Nd}{1,5})?(?:[/?#][^${spaces}]*)?\\n?$`;
const domain = new RegExp(
  `^(?:https?://|www\\.)(?:(?:${label}+\\.)+)?(?:[a-z]{2,63}|xn--[${wordCharacters}%]{2,59})${rest}`,
  'iu',
);
const basicDomain = new RegExp(`^(?:${label}{2,63}\\.)+(?:com|net|int|edu|gov|org|info|mil)${rest}`, 'iu');
const address = new RegExp(
  `^https?://(?:\\p{Nd}{1,3}(?:\\.\\p{Nd}{1,3}){3}|\\[(?:[\\p{Nd}a-f]{0,4}:){2}(?:[\\p{Nd}a-f]{0,4}:?){1,6}\\])${rest}`,
  'iu',
);
const email = new RegExp(`^[^${spaces}]+@[${wordCharacters}][${wordCharacters}.\\-]*\\.[${wordCharacters}]+\\n?$`, 'u');
const leading = /^(?:[(<]|&lt;)+/;
const closing = /(?:[)>.,\n]|&gt;)$/;
const pairs = [
  ['(', ')'],
  ['<', '>'],
  ['&lt;', '&gt;'],
] as const;

/** Longer words are not examined: the time for some of them grows with the square of their length. */
const maxWord = 4096;

const countOf = (text: string, part: string): number => text.split(part).length - 1;

/** Turns addresses in an escaped text into links. */
export function urlize(text: string, options: LinkOptions): string {
  return text
    .split(new RegExp(`([${spaces}]+)`))
    .map((word) => (word.length > maxWord ? word : linkWord(word, options)))
    .join('');
}

function linkWord(word: string, options: LinkOptions): string {
  spend(1 + (word.length >> 2));
  const head = leading.exec(word)?.[0] ?? '';
  let middle = word.slice(head.length);
  let tail = '';
  for (let end = closing.exec(middle)?.[0]; end !== undefined; end = closing.exec(middle)?.[0]) {
    tail = end + tail;
    middle = middle.slice(0, -end.length);
  }
  for (const [open, close] of pairs) {
    const opened = countOf(middle, open);
    if (opened <= countOf(middle, close)) continue;
    for (let left = Math.min(opened, countOf(tail, close)); left > 0; left -= 1) {
      const end = tail.indexOf(close) + close.length;
      middle += tail.slice(0, end);
      tail = tail.slice(end);
    }
  }
  return head + link(middle, options) + tail;
}

function link(word: string, { limit, rel, target, schemes }: LinkOptions): string {
  if (domain.test(word) || basicDomain.test(word) || address.test(word)) {
    const href = word.startsWith('https://') || word.startsWith('http://') ? word : `https://${word}`;
    return `<a href="${href}"${rel}${target}>${shortened(word, limit)}</a>`;
  }
  if (word.startsWith('mailto:') && email.test(word.slice(7))) return `<a href="${word}">${word.slice(7)}</a>`;
  const isEmail = word.includes('@') && !word.startsWith('www.') && !word.startsWith('@') && !word.includes(':');
  if (isEmail && email.test(word)) return `<a href="mailto:${word}">${word}</a>`;
  let result = word;
  for (const scheme of schemes) {
    if (result !== scheme && result.startsWith(scheme)) result = `<a href="${result}"${rel}${target}>${result}</a>`;
  }
  return result;
}

function shortened(word: string, limit: Value): string {
  if (limit === null || !ordered(BigInt(textLength(word)), limit, '>')) return word;
  return `${str(slice(word, { start: null, stop: limit, step: null }))}...`;
}

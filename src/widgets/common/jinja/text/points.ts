import { allowText } from '../core/budget.ts';

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

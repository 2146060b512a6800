import { alignSequences } from './alignSequences.ts';

/** A stretch of text: on both sides, on the left only (`removed`), or on the right only (`added`). */
export interface TextSegment {
  readonly change: 'equal' | 'removed' | 'added';
  readonly text: string;
}

/** Tokens of both sides together that are compared as words; longer texts are compared line by line. */
const maxWords = 20_000;
const words = /\s+|[\p{L}\p{N}_]+|[^\s\p{L}\p{N}_]/gu;
const lines = /[^\n]*\n|[^\n]+/g;

/** Word-level difference of two texts. The equal and removed segments give the left text, equal and added the right one. */
export function compareText(left: string, right: string): readonly TextSegment[] {
  if (left === right) return left === '' ? [] : [{ change: 'equal', text: left }];
  const isLong = left.length + right.length > maxWords * 10;
  const [a, b] = isLong ? [tokens(left, lines), tokens(right, lines)] : [tokens(left, words), tokens(right, words)];
  const tooMany = !isLong && a.length + b.length > maxWords;
  return tooMany ? segments(tokens(left, lines), tokens(right, lines)) : segments(a, b);
}

function tokens(text: string, pattern: RegExp): readonly string[] {
  return text.match(pattern) ?? [];
}

function segments(left: readonly string[], right: readonly string[]): readonly TextSegment[] {
  const result: TextSegment[] = [];
  let removed = '';
  let added = '';
  let equal = '';
  const flush = (): void => {
    // Changes of neighbouring words are shown as one change.
    if (removed !== '') result.push({ change: 'removed', text: removed });
    if (added !== '') result.push({ change: 'added', text: added });
    removed = '';
    added = '';
  };
  for (const pair of alignSequences(left, right)) {
    if (pair.left !== null && pair.right !== null) {
      if (removed !== '' || added !== '') {
        if (equal !== '') result.push({ change: 'equal', text: equal });
        equal = '';
        flush();
      }
      equal += left[pair.left] ?? '';
      continue;
    }
    if (equal !== '') result.push({ change: 'equal', text: equal });
    equal = '';
    if (pair.left !== null) removed += left[pair.left] ?? '';
    else if (pair.right !== null) added += right[pair.right] ?? '';
  }
  flush();
  if (equal !== '') result.push({ change: 'equal', text: equal });
  return withoutEqualSpaces(result);
}

/** A space between two changes is part of the change: "on Monday" → "at noon" is one. */
function withoutEqualSpaces(segments: readonly TextSegment[]): readonly TextSegment[] {
  const result: TextSegment[] = [];
  let removed = '';
  let added = '';
  const flush = (): void => {
    if (removed !== '') result.push({ change: 'removed', text: removed });
    if (added !== '') result.push({ change: 'added', text: added });
    removed = '';
    added = '';
  };
  for (const [at, { change, text }] of segments.entries()) {
    const isBetween = (removed !== '' || added !== '') && at < segments.length - 1;
    const isSpace = change === 'equal' && isBetween && /^[^\S\n]+$/.test(text);
    if (change === 'removed' || isSpace) removed += text;
    if (change === 'added' || isSpace) added += text;
    if (change !== 'equal' || isSpace) continue;
    flush();
    result.push({ change, text });
  }
  flush();
  return result;
}

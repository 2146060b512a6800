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

/** One step of an alignment: indices into both sequences; null on one side for what only the other has. */
export interface AlignedPair {
  readonly left: number | null;
  readonly right: number | null;
}

/** Edit steps that one stretch between anchors may take; a longer one is reported as removed and added as a whole. */
const maxEdits = 1_000;

interface Range {
  readonly left: number;
  readonly leftEnd: number;
  readonly right: number;
  readonly rightEnd: number;
}

/**
 * Aligns two sequences by the keys of their elements: equal keys are paired, in order. Keys that both sides have exactly
 * once are anchors (patience); between anchors the shortest edit script decides. Linear in the length, and quadratic only
 * in the differences of one stretch, which are bounded.
 */
export function alignSequences(left: readonly string[], right: readonly string[]): readonly AlignedPair[] {
  const pairs: AlignedPair[] = [];
  align(left, right, { left: 0, leftEnd: left.length, right: 0, rightEnd: right.length }, pairs);
  return pairs;
}

function align(left: readonly string[], right: readonly string[], range: Range, pairs: AlignedPair[]): void {
  let { left: l, right: r, leftEnd, rightEnd } = range;
  while (l < leftEnd && r < rightEnd && left[l] === right[r]) pairs.push({ left: l++, right: r++ });
  let same = 0;
  while (l < leftEnd && r < rightEnd && left[leftEnd - 1] === right[rightEnd - 1]) {
    leftEnd -= 1;
    rightEnd -= 1;
    same += 1;
  }
  const inner = { left: l, leftEnd, right: r, rightEnd };
  if (l === leftEnd || r === rightEnd) pushUnmatched(inner, pairs);
  else {
    const anchors = anchorsOf(left, right, inner);
    if (anchors.length === 0) edit(left, right, inner, pairs);
    for (const [index, anchor] of anchors.entries()) {
      const before = anchors[index - 1];
      const start = before === undefined ? { left: l, right: r } : { left: before.left + 1, right: before.right + 1 };
      align(left, right, { ...start, leftEnd: anchor.left, rightEnd: anchor.right }, pairs);
      pairs.push(anchor);
    }
    const last = anchors.at(-1);
    if (last) align(left, right, { left: last.left + 1, leftEnd, right: last.right + 1, rightEnd }, pairs);
  }
  for (let index = 0; index < same; index++) pairs.push({ left: leftEnd + index, right: rightEnd + index });
}

function pushUnmatched({ left, leftEnd, right, rightEnd }: Range, pairs: AlignedPair[]): void {
  for (let index = left; index < leftEnd; index++) pairs.push({ left: index, right: null });
  for (let index = right; index < rightEnd; index++) pairs.push({ left: null, right: index });
}

interface Anchor {
  readonly left: number;
  readonly right: number;
}

/** The longest run of keys that are unique on both sides and in the same order on both. */
function anchorsOf(left: readonly string[], right: readonly string[], range: Range): readonly Anchor[] {
  const onLeft = uniquePlaces(left, range.left, range.leftEnd);
  const onRight = uniquePlaces(right, range.right, range.rightEnd);
  const common: Anchor[] = [];
  for (const [key, index] of onLeft) {
    const other = onRight.get(key) ?? -1;
    if (index >= 0 && other >= 0) common.push({ left: index, right: other });
  }
  return longestIncreasing(common.sort((a, b) => a.left - b.left));
}

/** Where each key is; -1 for one that is there more than once. */
function uniquePlaces(keys: readonly string[], start: number, end: number): ReadonlyMap<string, number> {
  const places = new Map<string, number>();
  for (let index = start; index < end; index++) {
    const key = keys[index] ?? '';
    places.set(key, places.has(key) ? -1 : index);
  }
  return places;
}

function longestIncreasing(anchors: readonly Anchor[]): readonly Anchor[] {
  const tails: number[] = [];
  const previous: number[] = [];
  for (const [index, { right }] of anchors.entries()) {
    let low = 0;
    let high = tails.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((anchors[tails[middle] ?? 0]?.right ?? 0) < right) low = middle + 1;
      else high = middle;
    }
    previous[index] = low === 0 ? -1 : (tails[low - 1] ?? -1);
    tails[low] = index;
  }
  const longest: Anchor[] = [];
  for (let index = tails.at(-1) ?? -1; index >= 0; index = previous[index] ?? -1) {
    const anchor = anchors[index];
    if (anchor) longest.push(anchor);
  }
  return longest.reverse();
}

/** The shortest edit script of one stretch (Myers' greedy algorithm). */
function edit(left: readonly string[], right: readonly string[], range: Range, pairs: AlignedPair[]): void {
  const n = range.leftEnd - range.left;
  const m = range.rightEnd - range.right;
  const bound = Math.min(n + m, maxEdits);
  const offset = bound + 1;
  const furthest = new Int32Array(2 * bound + 3);
  const trace: Int32Array[] = [];
  for (let d = 0; d <= bound; d++) {
    // Only the diagonals that the last round could have reached are needed to go back.
    trace.push(furthest.slice(offset - d - 1, offset + d + 2));
    for (let k = -d; k <= d; k += 2) {
      const down = k === -d || (k !== d && (furthest[offset + k - 1] ?? 0) < (furthest[offset + k + 1] ?? 0));
      let x = down ? (furthest[offset + k + 1] ?? 0) : (furthest[offset + k - 1] ?? 0) + 1;
      while (x < n && x - k < m && left[range.left + x] === right[range.right + x - k]) x += 1;
      furthest[offset + k] = x;
      if (x >= n && x - k >= m) {
        for (const pair of backtrack(trace, n, m, range)) pairs.push(pair);
        return;
      }
    }
  }
  pushUnmatched(range, pairs);
}

function backtrack(trace: readonly Int32Array[], n: number, m: number, range: Range): AlignedPair[] {
  const reversed: AlignedPair[] = [];
  let x = n;
  let y = m;
  for (let d = trace.length - 1; d >= 0; d--) {
    const row = trace[d];
    const at = (k: number): number => row?.[k + d + 1] ?? 0;
    const k = x - y;
    const down = k === -d || (k !== d && at(k - 1) < at(k + 1));
    const fromK = down ? k + 1 : k - 1;
    const fromX = d === 0 ? 0 : at(fromK);
    const fromY = d === 0 ? 0 : fromX - fromK;
    while (x > fromX && y > fromY) {
      x -= 1;
      y -= 1;
      reversed.push({ left: range.left + x, right: range.right + y });
    }
    if (d === 0) break;
    if (down) reversed.push({ left: null, right: range.right + --y });
    else reversed.push({ left: range.left + --x, right: null });
  }
  return reversed.reverse();
}

import { append } from '../../../base/common/lists.ts';
import type { Json, JsonObject } from '../../../base/common/json.ts';
import type { ThreadItem } from '../../../chatkit/common/model/item.ts';
import { turnsOf } from '../summary/turns.ts';
import { itemSummary } from '../summary/itemSummary.ts';
import { pendingActionAt } from '../summary/waiting.ts';
import { type AlignedPair, alignSequences } from './sequences.ts';
import { type JsonDifference, compareJson, stableText } from './compareJson.ts';
import { NormalItems, type ThreadContent, toNormalThread } from './normalForm.ts';
import type { CompareBlock, CompareRow, CompareState, DifferenceView, TurnTimes } from './compareProtocol.ts';

/** What the webview can request of a comparison. */
export interface Comparison {
  readonly state: Omit<CompareState, 'locale' | 'title' | 'left' | 'right' | 'threads'>;
  /** Throws `RangeError` for an index that does not exist. */
  details(index: number): DifferenceView;
  rows(first: number, count: number): readonly CompareRow[];
}

/** Rows whose details are part of the state: about what the first screen shows. */
const firstDetails = 12;

/** Compares two threads for the webview. */
export function threadComparison(left: ThreadContent, right: ThreadContent): Comparison {
  const comparison = compareThreads(left, right);
  const rowAt = (index: number): CompareRow => {
    const compared = comparison.items[index];
    if (compared === undefined) throw new RangeError(`There is no row ${index}.`);
    return rowOf(compared, index, left, right);
  };
  const details = (index: number): DifferenceView => {
    const compared = comparison.items[index];
    if (compared === undefined) throw new RangeError(`There is no row ${index}.`);
    return toDifferenceView(comparison.details(compared));
  };
  const changed = comparison.items.flatMap(({ change }, index) => (change === 'equal' ? [] : [index]));
  const { header } = comparison;
  return {
    state: {
      header: header.change === 'equal' ? null : toDifferenceView(header),
      blocks: blocksOf(comparison, rowAt),
      differences: comparison.differences,
      details: Object.fromEntries(changed.slice(0, firstDetails).map((index) => [index, details(index)])),
      times: timesOf(left, right),
    },
    details,
    rows: (first, count) =>
      comparison.items.slice(first, first + count).map((compared, at) => rowOf(compared, first + at, left, right)),
  };
}

/** Compares two states of one widget for the webview. */
export function widgetComparison(before: Json, after: Json): Comparison {
  const difference = toDifferenceView(compareJson(before, after));
  const isEqual = difference.change === 'equal';
  const row: CompareRow = {
    index: 0,
    change: isEqual ? 'equal' : 'changed',
    kind: 'widget',
    left: null,
    right: null,
    leftMs: null,
    rightMs: null,
    summary: '',
  };
  return {
    state: {
      header: null,
      blocks: isEqual ? [{ type: 'equal', first: 0, count: 1 }] : [{ type: 'row', row }],
      differences: isEqual ? 0 : 1,
      details: { 0: difference },
      times: [],
    },
    details: () => difference,
    rows: () => [row],
  };
}

function rowOf(
  { change, left: l, right: r, leftMs, rightMs }: ComparedItems,
  index: number,
  left: ThreadContent,
  right: ThreadContent,
): CompareRow {
  const { items, at } = r === null ? { items: left.items, at: l ?? -1 } : { items: right.items, at: r };
  const item = items[at];
  return {
    index,
    change,
    kind: item?.kind ?? 'unknown',
    left: l === null ? null : l + 1,
    right: r === null ? null : r + 1,
    leftMs,
    rightMs,
    summary: item === undefined ? '' : itemSummary(item, pendingActionAt(items, at) !== null),
  };
}

function blocksOf({ items }: ThreadComparison, rowAt: (index: number) => CompareRow): readonly CompareBlock[] {
  const blocks: CompareBlock[] = [];
  let first = 0;
  const close = (end: number): void => {
    if (end > first) blocks.push({ type: 'equal', first, count: end - first });
  };
  for (const [index, { change }] of items.entries()) {
    if (change === 'equal') continue;
    close(index);
    blocks.push({ type: 'row', row: rowAt(index) });
    first = index + 1;
  }
  close(items.length);
  return blocks;
}

function timesOf(left: ThreadContent, right: ThreadContent): readonly TurnTimes[] {
  const durations = ({ items }: ThreadContent) =>
    turnsOf(items, { fromStart: true, toEnd: true }).filter(({ number }) => number !== null);
  const [a, b] = [durations(left), durations(right)];
  return Array.from({ length: Math.max(a.length, b.length) }, (_, index) => ({
    turn: index + 1,
    left: a[index]?.durationMs ?? null,
    right: b[index]?.durationMs ?? null,
  }));
}

/** Characters of JSON of one value that the webview receives. */
const maxValue = 20_000;
/** Nodes of one tree that the webview receives. */
const maxNodes = 5_000;

/** Values only at the leaves: a changed object would contain everything again on each level. */
function toDifferenceView(difference: JsonDifference): DifferenceView {
  let nodes = 0;
  const convert = ({ key, change, left, right, children, text }: JsonDifference): DifferenceView => {
    nodes += 1;
    if (text !== undefined) return { key, change, text };
    if (children !== undefined) {
      const shown = children.slice(0, Math.max(0, maxNodes - nodes));
      return { key, change, children: shown.map(convert) };
    }
    const value = right ?? left;
    if (change === 'equal') return { key, change, ...(value === undefined ? {} : { right: cut(value) }) };
    return {
      key,
      change,
      ...(left === undefined ? {} : { left: cut(left) }),
      ...(right === undefined ? {} : { right: cut(right) }),
    };
  };
  return convert(difference);
}

function cut(value: Json): Json {
  const text = JSON.stringify(value);
  return text.length <= maxValue ? value : `${text.slice(0, maxValue)}…`;
}

/**
 * The start of a thread that a fork up to the item `until` repeats: through the end of the response that the item belongs to,
 * because the fork gets the whole response again. The whole thread where the item is unknown.
 */
export function itemsThrough(items: readonly ThreadItem[], until: string): readonly ThreadItem[] {
  const at = items.findIndex(({ id }) => id === until);
  if (at < 0) return items;
  const isNext = ({ kind }: ThreadItem, index: number): boolean => index > at && kind === 'user_message';
  const waits = (item: ThreadItem, index: number): boolean => index > at && startsResponse(item);
  const nextMessage = items.findIndex(isNext);
  const answered = items.findIndex(waits);
  const end = nextMessage < 0 ? items.length : nextMessage;
  // A call that got its output, and a form that got its answers, are part of the response that they end.
  return items.slice(0, answered < 0 ? end : Math.min(end, answered + 1));
}

/** What the user gave after it started another response. */
function startsResponse(item: ThreadItem): boolean {
  if (item.kind === 'client_tool_call') return item.status === 'completed';
  return item.kind === 'structured_input' && (item.status === 'answered' || item.status === 'skipped');
}

/** One line of a comparison: an item of each side, or of one of them. Indices into the items of both threads. */
interface ComparedItems {
  readonly change: 'equal' | 'changed' | 'added' | 'removed';
  readonly left: number | null;
  readonly right: number | null;
  /** Since the item before it on the same side; ms. Null where a time is missing, and for the first item. */
  readonly leftMs: number | null;
  readonly rightMs: number | null;
}

interface ThreadComparison {
  /** Title and status, each with its difference. */
  readonly header: JsonDifference;
  readonly items: readonly ComparedItems[];
  /** Rows that are not equal. */
  readonly differences: number;
  /** What changed in a row's item; computed on request, because a webview shows few of them at a time. */
  details(row: ComparedItems): JsonDifference;
}

/**
 * Compares two threads by the content of their items. Ids and times do not count. Equal items are matched first; what remains
 * between two matches is paired by kind and name, in order.
 */
export function compareThreads(left: ThreadContent, right: ThreadContent): ThreadComparison {
  const [a, b] = [new NormalItems(left), new NormalItems(right)];
  const details = (l: number | null, r: number | null): JsonDifference => {
    const [before, after] = [l === null ? undefined : a.at(l), r === null ? undefined : b.at(r)];
    if (before === undefined) return oneSided('added', after ?? {});
    if (after === undefined) return oneSided('removed', before);
    return compareJson(before, after);
  };
  // Same result as `details`, which takes too long for every row.
  const change = (l: number | null, r: number | null): ComparedItems['change'] => {
    if (l === null) return 'added';
    if (r === null) return 'removed';
    return textOf(a.at(l)) === textOf(b.at(r)) ? 'equal' : 'changed';
  };
  const pairs: Pair[] = [];
  const byKind = (gap: Gap): void => {
    const keys = alignGap(
      gap,
      (at) => sortOf(left.items[at]),
      (at) => sortOf(right.items[at]),
    );
    append(pairs, keys);
  };
  // Between items whose cheap keys are equal, exact forms decide; between those, kind and name.
  const exactly = (gap: Gap): void => {
    matchAndFill(
      alignGap(
        gap,
        (at) => textOf(a.at(at)),
        (at) => textOf(b.at(at)),
      ),
      pairs,
      byKind,
    );
  };
  matchAndFill(alignSequences(a.quickKeys(), b.quickKeys()), pairs, exactly);
  const items = pairs.map(({ left: l, right: r, equal = false }): ComparedItems => ({
    change: equal ? 'equal' : change(l, r),
    left: l,
    right: r,
    leftMs: gapBefore(left, l),
    rightMs: gapBefore(right, r),
  }));
  return {
    header: compareJson(headerOf(left), headerOf(right)),
    items,
    differences: items.filter(({ change }) => change !== 'equal').length,
    details: (row) => details(row.left, row.right),
  };
}

/** An item of one side, field by field, so that its texts are shown as texts. Its kind is in the head of the row. */
function oneSided(change: 'added' | 'removed', { kind: _kind, ...fields }: JsonObject): JsonDifference {
  const children = Object.entries(fields).map(([key, value]): JsonDifference =>
    change === 'added' ? { key, change, right: value } : { key, change, left: value },
  );
  return { key: null, change, children };
}

type Pair = AlignedPair & { readonly equal?: boolean };

/** Items between two matched pairs. */
interface Gap {
  readonly left: readonly number[];
  readonly right: readonly number[];
}

function alignGap(
  gap: Gap,
  leftKey: (index: number) => string,
  rightKey: (index: number) => string,
): readonly AlignedPair[] {
  const place = (places: readonly number[], index: number | null) => (index === null ? null : (places[index] ?? null));
  return alignSequences(gap.left.map(leftKey), gap.right.map(rightKey)).map(({ left, right }) => ({
    left: place(gap.left, left),
    right: place(gap.right, right),
  }));
}

/** Takes over the matched pairs; unmatched items between them are passed to `fill`, which adds it to `pairs`. */
function matchAndFill(aligned: readonly AlignedPair[], pairs: Pair[], fill: (gap: Gap) => void): void {
  let left: number[] = [];
  let right: number[] = [];
  const flush = (): void => {
    if (left.length > 0 || right.length > 0) fill({ left, right });
    left = [];
    right = [];
  };
  for (const pair of aligned) {
    if (pair.left !== null && pair.right !== null) {
      flush();
      pairs.push({ ...pair, equal: true });
    } else if (pair.left !== null) left.push(pair.left);
    else if (pair.right !== null) right.push(pair.right);
  }
  flush();
}

/** Equal for equal items. */
function textOf(item: JsonObject | undefined): string {
  return stableText(item ?? null);
}

function headerOf({ thread }: ThreadContent): Json {
  const { title = null, status = null } = toNormalThread({ thread, items: [] });
  return { title, status };
}

function sortOf(item: ThreadItem | undefined): string {
  return item?.kind === 'client_tool_call' ? `${item.kind} ${item.name}` : (item?.kind ?? '');
}

function gapBefore({ items }: ThreadContent, index: number | null): number | null {
  if (index === null || index === 0) return null;
  const [before, item] = [items[index - 1]?.createdAt, items[index]?.createdAt];
  return before == null || item == null ? null : Math.max(0, item - before);
}

import type { Json } from '../../../base/common/json.ts';
import { turnsOf } from '../timing/turns.ts';
import { itemSummary } from '../summary/itemSummary.ts';
import { compareJson, type JsonDifference } from './compareJson.ts';
import { compareThreads, type ComparedItems, type ThreadComparison } from './compareThreads.ts';
import type { CompareBlock, CompareRow, CompareState, DifferenceView, TurnTimes } from './compareProtocol.ts';
import type { ThreadContent } from './normalForm.ts';

/** What the page can request of a comparison. */
export interface Comparison {
  readonly state: Omit<CompareState, 'locale' | 'title' | 'left' | 'right' | 'threads'>;
  /** Throws `RangeError` for an index that does not exist. */
  details(index: number): DifferenceView;
  rows(first: number, count: number): readonly CompareRow[];
}

/** Rows whose details are part of the state: about what the first screen shows. */
const firstDetails = 12;

/** Compares two threads for the page. */
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

/** Compares two states of one widget for the page. */
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
  const item = (r === null ? undefined : right.items[r]) ?? (l === null ? undefined : left.items[l]);
  return {
    index,
    change,
    kind: item?.kind ?? 'unknown',
    left: l === null ? null : l + 1,
    right: r === null ? null : r + 1,
    leftMs,
    rightMs,
    summary: item === undefined ? '' : itemSummary(item),
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

/** Characters of JSON of one value that the page receives. */
const maxValue = 20_000;
/** Nodes of one tree that the page receives. */
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

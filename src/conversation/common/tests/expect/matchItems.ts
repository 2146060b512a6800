import * as l10n from '@vscode/l10n';
import { type ThreadItem, isMarker } from '../../../../chatkit/common/model/item.ts';
import { itemSummary } from '../../../../threads/common/summary/itemSummary.ts';
import { oneLine } from '../../../../base/common/plainText.ts';
import type { ItemExpectation } from '../schema/itemSchema.ts';
import { append } from '../../../../base/common/lists.ts';
import { type Mismatch, describeText, under } from './matchValue.ts';
import { matchItem } from './matchItem.ts';

interface ItemLists {
  readonly exactly?: readonly ItemExpectation[] | undefined;
  readonly inOrder?: readonly ItemExpectation[] | undefined;
  readonly contains?: readonly ItemExpectation[] | undefined;
  readonly without?: readonly ItemExpectation[] | undefined;
}

/** An expectation with the item that fulfils it, so that more can be asked of just that item. */
export interface MatchedItem {
  readonly path: Mismatch['path'];
  readonly expected: ItemExpectation;
  readonly item: ThreadItem;
}

interface ItemsOutcome {
  readonly mismatches: readonly Mismatch[];
  readonly matched: readonly MatchedItem[];
}

/**
 * Checks all lists of an expectation against the items of a response or a thread. `answered`: the tool call or form that
 * the step itself answered.
 */
export function matchItems(
  lists: ItemLists,
  items: readonly ThreadItem[],
  answered: string | null = null,
): ItemsOutcome {
  const mismatches: Mismatch[] = [];
  const matched: MatchedItem[] = [];
  const check = (
    name: keyof ItemLists,
    how: (list: CheckedList, expected: readonly ItemExpectation[]) => readonly Mismatch[],
  ): void => {
    const expected = lists[name];
    if (expected === undefined) return;
    const list = new CheckedList(expected, relevant(items, expected, answered));
    append(mismatches, under([name], how(list, expected)));
    append(
      matched,
      list.matched.map((one) => ({ ...one, path: [name, ...one.path] })),
    );
  };
  check('exactly', matchExactly);
  check('inOrder', matchInOrder);
  check('contains', matchContains);
  check('without', matchWithout);
  return { mismatches, matched };
}

/** What the user did (messages, the tool call or form answered here) and invisible marks count only where the list names them. */
function relevant(
  items: readonly ThreadItem[],
  expected: readonly ItemExpectation[],
  answered: string | null,
): readonly ThreadItem[] {
  const named = new Set(expected.map(({ kind }) => kind));
  const namesAnswered = expected.some(({ kind, ...fields }) => {
    const status = 'status' in fields ? fields.status : undefined;
    const isAnswer = status === 'completed' || status === 'answered' || status === 'skipped';
    return isAnswer && (kind === 'client_tool_call' || kind === 'structured_input');
  });
  return items.filter((item) => {
    if (item.kind === 'user_message') return named.has('user_message');
    if (item.id === answered) return namesAnswered;
    if (item.kind !== 'unknown' || !isMarker(item)) return true;
    return expected.some((one) => one.kind === 'unknown' && one.type === item.wireType);
  });
}

/** Expectations and items, each pair checked at most once. */
class CheckedList {
  readonly expected: readonly ItemExpectation[];
  readonly items: readonly ThreadItem[];
  readonly matched: MatchedItem[] = [];
  readonly #checked = new Map<number, readonly Mismatch[]>();

  constructor(expected: readonly ItemExpectation[], items: readonly ThreadItem[]) {
    this.expected = expected;
    this.items = items;
  }

  wrong(index: number, at: number): readonly Mismatch[] {
    const key = index * this.items.length + at;
    let wrong = this.#checked.get(key);
    if (wrong === undefined) {
      const [expected, item] = [this.expected[index], this.items[at]];
      wrong = expected === undefined || item === undefined ? [] : matchItem(expected, item);
      this.#checked.set(key, wrong);
    }
    return wrong;
  }

  isMatch(index: number, at: number): boolean {
    return this.wrong(index, at).length === 0;
  }

  markMatched(index: number, at: number): void {
    const [expected, item] = [this.expected[index], this.items[at]];
    if (expected !== undefined && item !== undefined) this.matched.push({ path: [index], expected, item });
  }

  /** The item of the same kind with the fewest mismatches; undefined where there is none. */
  nearest(index: number, places: Iterable<number>): number | undefined {
    let best: number | undefined;
    for (const at of places) {
      if (this.items[at]?.kind !== this.expected[index]?.kind) continue;
      if (best === undefined || this.wrong(index, at).length < this.wrong(index, best).length) best = at;
    }
    return best;
  }

  /** What is wrong with the nearest item, or that there is none. */
  report(index: number, nearest: number | undefined): readonly Mismatch[] {
    const item = nearest === undefined ? undefined : this.items[nearest];
    if (nearest === undefined || item === undefined) return [this.missing(index)];
    return under([index], this.wrong(index, nearest)).map((mismatch) => ({
      ...mismatch,
      message: mismatch.isComplete === true ? mismatch.message : `${describeItem(item)}: ${mismatch.message}`,
    }));
  }

  /** `note`: why no item is what is expected; empty: it lists what there is. */
  #missingText(what: string, note: string): string {
    if (note !== '') return l10n.t('No {0}; {1}', what, note);
    if (this.items.length === 0) return l10n.t('No {0}; nothing arrived', what);
    return l10n.t('No {0}; found {1}', what, this.items.map(describeItem).slice(0, 8).join(', '));
  }

  missing(index: number, note = ''): Mismatch {
    const expected = this.expected[index];
    const what = expected === undefined ? l10n.t('item') : describeExpectation(expected);
    return {
      path: [index],
      message: this.#missingText(what, note),
      expected: this.expected.map(describeExpectation).join('\n'),
      actual: this.items.map(itemLine).join('\n'),
    };
  }
}

function places(from: number, to: number): readonly number[] {
  return Array.from({ length: Math.max(0, to - from) }, (_, index) => from + index);
}

function matchInOrder(list: CheckedList, expected: readonly ItemExpectation[]): readonly Mismatch[] {
  const { items } = list;
  let from = 0;
  return expected.flatMap((_, index) => {
    const rest = places(from, items.length);
    const at = rest.find((place) => list.isMatch(index, place));
    if (at !== undefined) {
      from = at + 1;
      list.markMatched(index, at);
      return [];
    }
    const earlier = places(0, from).find(
      (place) => list.isMatch(index, place) && !list.matched.some(({ item }) => item === items[place]),
    );
    const early = earlier === undefined ? undefined : items[earlier];
    if (early !== undefined) return [list.missing(index, l10n.t('{0} arrived too early', describeItem(early)))];
    const nearest = list.nearest(index, rest);
    if (nearest !== undefined) from = nearest + 1;
    return list.report(index, nearest);
  });
}

function matchExactly(list: CheckedList, expected: readonly ItemExpectation[]): readonly Mismatch[] {
  const found: Mismatch[] = [];
  const surplus: ThreadItem[] = [];
  for (const { index, at } of alignExactly(list)) {
    const item = at === null ? undefined : list.items[at];
    if (index === null) {
      if (item !== undefined) surplus.push(item);
    } else if (at === null) found.push(list.missing(index));
    else if (list.isMatch(index, at)) list.markMatched(index, at);
    else append(found, list.report(index, at));
  }
  for (const item of surplus) {
    found.push({
      path: [],
      message: l10n.t('Unexpected {0}', describeItem(item)),
      expected: expected.map(describeExpectation).join('\n'),
      actual: list.items.map(itemLine).join('\n'),
    });
  }
  return found;
}

interface ExactPair {
  readonly index: number | null;
  readonly at: number | null;
}

/** Pairs of more cells than this are compared place by place. */
const maxCells = 250_000;

/** The alignment with the most matches; next to them, items of the right kind count. */
function alignExactly(list: CheckedList): readonly ExactPair[] {
  const n = list.expected.length;
  const m = list.items.length;
  const allFit = n === m && places(0, n).every((index) => list.isMatch(index, index));
  if (allFit || n * m > maxCells) {
    return places(0, Math.max(n, m)).map((at) => ({ index: at < n ? at : null, at: at < m ? at : null }));
  }
  const score = (index: number, at: number): number => {
    if (list.isMatch(index, at)) return 3;
    return list.expected[index]?.kind === list.items[at]?.kind ? 1 : -1;
  };
  const best = Array.from({ length: n + 1 }, () => new Int32Array(m + 1));
  const cell = (index: number, at: number): number => best[index]?.[at] ?? 0;
  for (let index = n - 1; index >= 0; index--) {
    const row = best[index];
    if (row === undefined) continue;
    for (let at = m - 1; at >= 0; at--) {
      const paired = score(index, at);
      row[at] = Math.max(cell(index + 1, at), cell(index, at + 1), paired < 0 ? 0 : paired + cell(index + 1, at + 1));
    }
  }
  const pairs: ExactPair[] = [];
  let index = 0;
  let at = 0;
  while (index < n && at < m) {
    const paired = score(index, at);
    if (paired >= 0 && cell(index, at) === paired + cell(index + 1, at + 1)) pairs.push({ index: index++, at: at++ });
    else if (cell(index, at) === cell(index + 1, at)) pairs.push({ index: index++, at: null });
    else pairs.push({ index: null, at: at++ });
  }
  for (; index < n; index++) pairs.push({ index, at: null });
  for (; at < m; at++) pairs.push({ index: null, at });
  return pairs;
}

/** Each expectation needs an item of its own (augmenting paths). */
function matchContains(list: CheckedList, expected: readonly ItemExpectation[]): readonly Mismatch[] {
  const ownerOf = new Map<number, number>();
  const assign = (index: number, tried: Set<number>): boolean => {
    for (const at of places(0, list.items.length)) {
      if (tried.has(at) || !list.isMatch(index, at)) continue;
      tried.add(at);
      const owner = ownerOf.get(at);
      if (owner === undefined || assign(owner, tried)) {
        ownerOf.set(at, index);
        return true;
      }
    }
    return false;
  };
  const missing = expected.flatMap((_, index) => (assign(index, new Set()) ? [] : [index]));
  for (const [at, index] of ownerOf) list.markMatched(index, at);
  return missing.flatMap((index) => {
    const free = places(0, list.items.length).filter((at) => !ownerOf.has(at));
    const isTaken = places(0, list.items.length).some((at) => list.isMatch(index, at));
    if (isTaken) return [list.missing(index, l10n.t('every such item already fulfils another expectation'))];
    return list.report(index, list.nearest(index, free));
  });
}

function matchWithout(list: CheckedList, expected: readonly ItemExpectation[]): readonly Mismatch[] {
  return expected.flatMap((one, index) => {
    const at = places(0, list.items.length).find((place) => list.isMatch(index, place));
    const item = at === undefined ? undefined : list.items[at];
    if (item === undefined) return [];
    const message = l10n.t('Unexpected {0}: there must be no {1}', describeItem(item), describeExpectation(one));
    return [{ path: [index], message, expected: '', actual: itemLine(item) }];
  });
}

/** An item within a sentence: `client_tool_call "get_location"`, `assistant_message "It ships…"`. */
export function describeItem(item: ThreadItem): string {
  if (item.kind === 'client_tool_call') return `${item.kind} "${item.name}"`;
  return `${item.kind} "${oneLine(itemSummary(item), 60)}"`;
}

/** An item for a diff: its kind and first words. */
function itemLine(item: ThreadItem): string {
  return `${item.kind}: ${itemSummary(item)}`;
}

/** An expectation within a sentence: `client_tool_call named "get_location"`. */
function describeExpectation(expected: ItemExpectation): string {
  const { kind } = expected;
  switch (kind) {
    case 'client_tool_call':
      return expected.name === undefined ? kind : l10n.t('{0} named {1}', kind, describeText(expected.name));
    case 'user_message':
    case 'assistant_message':
      return expected.text === undefined ? kind : l10n.t('{0} with {1}', kind, describeText(expected.text));
    case 'task':
      return expected.title === undefined ? kind : l10n.t('{0} with title {1}', kind, describeText(expected.title));
    default:
      return kind;
  }
}

import { type Json, type JsonObject, isJsonObject } from '../../../base/common/json.ts';
import { append } from '../../../base/common/lists.ts';
import { type TextSegment, alignSequences, compareText } from './sequences.ts';

/** One node of a tree of differences. Equal parts have no children: they are shown collapsed. */
export interface JsonDifference {
  /** The name of the property, the index in the array (of the right side, where it has one), or null for the root. */
  readonly key: string | number | null;
  readonly change: 'equal' | 'added' | 'removed' | 'changed';
  /** Absent for what was added. */
  readonly left?: Json;
  /** Absent for what was removed. */
  readonly right?: Json;
  /** For a changed object or array: all of its properties or elements, equal ones included. */
  readonly children?: readonly JsonDifference[];
  /** For a changed text: the words that changed. */
  readonly text?: readonly TextSegment[];
}

const maxDepth = 100;

/** Compares two JSON values as trees. Elements of arrays are matched by content and by their `type` or `key`. */
export function compareJson(left: Json, right: Json, key: string | number | null = null, depth = 0): JsonDifference {
  if (stableText(left) === stableText(right)) return { key, change: 'equal', left, right };
  const changed = { key, change: 'changed', left, right } as const;
  if (depth >= maxDepth) return changed;
  if (typeof left === 'string' && typeof right === 'string') return { ...changed, text: compareText(left, right) };
  if (Array.isArray(left) && Array.isArray(right)) {
    return { ...changed, children: compareArrays(left as readonly Json[], right as readonly Json[], depth) };
  }
  if (isJsonObject(left) && isJsonObject(right)) return { ...changed, children: compareObjects(left, right, depth) };
  return changed;
}

/** How many values differ: the leaves that were added, removed or changed. */
export function countDifferences({ change, children }: JsonDifference): number {
  if (change === 'equal') return 0;
  return children === undefined ? 1 : children.reduce((sum, child) => sum + countDifferences(child), 0);
}

function compareObjects(left: JsonObject, right: JsonObject, depth: number): readonly JsonDifference[] {
  const keys = [...Object.keys(left), ...Object.keys(right).filter((key) => !Object.hasOwn(left, key))];
  return keys.map((key) => {
    const [a, b] = [left[key], right[key]];
    if (!Object.hasOwn(right, key) || b === undefined) return { key, change: 'removed', left: a ?? null };
    if (!Object.hasOwn(left, key) || a === undefined) return { key, change: 'added', right: b };
    return compareJson(a, b, key, depth + 1);
  });
}

function compareArrays(left: readonly Json[], right: readonly Json[], depth: number): readonly JsonDifference[] {
  const result: JsonDifference[] = [];
  let removed: number[] = [];
  let added: number[] = [];
  const flush = (): void => {
    append(result, pairUp(left, right, removed, added, depth));
    removed = [];
    added = [];
  };
  for (const pair of alignSequences(
    left.map((one) => stableText(one)),
    right.map((one) => stableText(one)),
  )) {
    if (pair.left !== null && pair.right !== null) {
      flush();
      const [a = null, b = null] = [left[pair.left], right[pair.right]];
      result.push({ key: pair.right, change: 'equal', left: a, right: b });
    } else if (pair.left !== null) removed.push(pair.left);
    else if (pair.right !== null) added.push(pair.right);
  }
  flush();
  return result;
}

/** Elements between two equal ones: those of the same sort are one changed element, in order. */
function pairUp(
  left: readonly Json[],
  right: readonly Json[],
  removed: readonly number[],
  added: readonly number[],
  depth: number,
): readonly JsonDifference[] {
  const sorts = (values: readonly Json[], places: readonly number[]) => places.map((at) => sortOf(values[at] ?? null));
  return alignSequences(sorts(left, removed), sorts(right, added)).map((pair) => {
    const l = pair.left === null ? undefined : removed[pair.left];
    const r = pair.right === null ? undefined : added[pair.right];
    if (l !== undefined && r !== undefined) return compareJson(left[l] ?? null, right[r] ?? null, r, depth + 1);
    if (l !== undefined) return { key: l, change: 'removed', left: left[l] ?? null };
    return { key: r ?? 0, change: 'added', right: right[r ?? 0] ?? null };
  });
}

function sortOf(value: Json): string {
  if (Array.isArray(value)) return 'array';
  if (!isJsonObject(value)) return value === null ? 'null' : typeof value;
  const { type, key } = value;
  return `object ${typeof type === 'string' ? type : ''} ${typeof key === 'string' ? key : ''}`;
}

/** JSON text whose object keys are sorted: equal for equal values. Deeper than 200 levels it is cut. */
export function stableText(value: Json, depth = 0): string {
  if (depth > 200) return '"…"';
  if (Array.isArray(value))
    return `[${(value as readonly Json[]).map((inner) => stableText(inner, depth + 1)).join()}]`;
  if (!isJsonObject(value)) return JSON.stringify(value);
  const fields = Object.keys(value)
    .sort()
    .map((key) => `${JSON.stringify(key)}:${stableText((value as JsonObject)[key] ?? null, depth + 1)}`);
  return `{${fields.join()}}`;
}

import * as l10n from '@vscode/l10n';
import * as z from 'zod';
import { type Json, type JsonObject, isJsonObject, mapTexts } from '../../../base/common/json.ts';
import { isShallow, maxJsonDepth } from '../../../base/common/parseJson.ts';
import { type JsonDifference, compareJson } from '../../../threads/common/compare/compareJson.ts';

// `__snapshots__/<name of the test file>.chatkit-snapshots.json`: all snapshots of one test file.

const snapshotsFormat = 'chatkit-inspector/snapshots';

const snapshotsSchema = z.object({
  format: z.literal(snapshotsFormat),
  version: z.literal(1),
  snapshots: z.record(
    z.string(),
    z.custom<Json>((value) => value !== undefined),
  ),
});

/** By `snapshotKey`. */
export type Snapshots = ReadonlyMap<string, Json>;

const separator = ' › ';

/** Names a snapshot: by the test and its own name, or else by its place within the test. */
export function snapshotKey(testName: string, name: true | string, place: string): string {
  return `${testName}${separator}${name === true ? place : name}`;
}

/** Reads the text of a snapshot file; empty text is an empty file. Throws `RangeError` with the reason. */
export function readSnapshots(text: string): Snapshots {
  if (text.trim() === '') return new Map();
  let json: unknown;
  try {
    json = JSON.parse(text.replace(/^\uFEFF/, ''));
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new RangeError(l10n.t('The snapshot file is not JSON: {0}', reason));
  }
  if (!isShallow(json as Json)) {
    throw new RangeError(l10n.t('A snapshot file can have at most {0} levels of objects and arrays.', maxJsonDepth));
  }
  const file = snapshotsSchema.safeParse(json);
  if (!file.success) throw new RangeError(l10n.t('The file does not contain snapshots of this version.'));
  return new Map(Object.entries(file.data.snapshots));
}

/** The tests of a file, so that their snapshots that are not used any more can be recognised. */
interface SnapshotUse {
  /** Names of all tests of the file. */
  readonly all: readonly string[];
  /** Names of the tests that ran. */
  readonly tests: readonly string[];
  /** What they compared. */
  readonly keys: ReadonlySet<string>;
}

/**
 * The snapshots after an update: those that were taken replace the saved ones. With `use`, those that their test did not
 * compare any more are removed, and those whose test does not exist any more; those of tests that did not run stay.
 */
export function mergeSnapshots(saved: Snapshots, taken: Snapshots, use: SnapshotUse | null = null): Snapshots {
  const isObsolete = (key: string): boolean => {
    if (use === null || use.keys.has(key)) return false;
    const test = testOf(key, use.all);
    return test === null || use.tests.includes(test);
  };
  return new Map([...[...saved].filter(([key]) => !isObsolete(key)), ...taken]);
}

/** Returns how many snapshots are of no test of the file. */
export function countAbandoned(saved: Snapshots, all: readonly string[]): number {
  return [...saved.keys()].filter((key) => testOf(key, all) === null).length;
}

/** The test of a snapshot: of several possible ones the longest name, because a name may contain the separator. */
function testOf(key: string, all: readonly string[]): string | null {
  const possible = all.filter((name) => key.startsWith(`${name}${separator}`));
  return possible.toSorted((a, b) => b.length - a.length)[0] ?? null;
}

/** The text of a snapshot file: sorted, indented, so that it reads well in a review. */
export function writeSnapshots(snapshots: Snapshots): string {
  const sorted = [...snapshots].sort(([a], [b]) => (a < b ? -1 : 1));
  const file = { format: snapshotsFormat, version: 1, snapshots: Object.fromEntries(sorted) };
  return `${JSON.stringify(file, null, 2)}\n`;
}

/** Snapshots without the secrets in their values. Their keys are from the test file and contain none. */
export function redactSnapshots(snapshots: Snapshots, redact: (text: string) => string): Snapshots {
  return new Map([...snapshots].map(([key, value]) => [key, mapTexts(value, redact)]));
}

/** Compares a value with its snapshot; null where nothing is saved. */
export function compareSnapshot(saved: Json | undefined, actual: Json): JsonDifference | null {
  return saved === undefined ? null : compareJson(saved, actual);
}

/** The first difference in words: `items[2].text changed from "a" to "b"`. */
export function firstDifference(difference: JsonDifference, path = ''): string {
  const { key, change, left, right } = difference;
  const here = key === null ? path : typeof key === 'number' ? `${path}[${key}]` : path === '' ? key : `${path}.${key}`;
  const child = difference.children?.find((one) => one.change !== 'equal');
  if (child !== undefined) return firstDifference(child, here);
  const name = here === '' ? l10n.t('it') : here;
  if (change === 'added') return l10n.t('{0} is new: {1}', name, short(right));
  if (change === 'removed') return l10n.t('{0} is missing: {1}', name, short(left));
  return l10n.t('{0} changed from {1} to {2}', name, short(left), short(right));
}

function short(value: Json | undefined): string {
  const named = isJsonObject(value) ? ((value as JsonObject)['kind'] ?? (value as JsonObject)['type']) : undefined;
  const text = typeof named === 'string' ? named : JSON.stringify(value ?? null);
  return text.length > 80 ? `${text.slice(0, 79)}…` : text;
}

import * as z from 'zod';
import type { Json } from '../../../base/common/json.ts';
import { request, type RequestMethods } from '../../../base/common/rpc.ts';
import type { ItemKind } from '../../../chatkit/common/model/item.ts';
import { maxRows } from './maxRows.ts';
import type { TextSegment } from './sequences.ts';

// All messages between the comparison webview and its host. The webview sends `ready` and receives the state; it
// requests the details of rows and equal rows when they are shown.

/** One side of a comparison. */
export interface CompareSide {
  readonly label: string;
  /** Name of its connection, or another description. */
  readonly source: string;
  /** Number of items. */
  readonly count: number;
  /** When the thread was created, in ms; null where it is not known. */
  readonly createdAt?: number | null;
}

/** One node of a tree of differences, for the webview. Values are cut where they are too large. */
export interface DifferenceView {
  readonly key: string | number | null;
  readonly change: 'equal' | 'added' | 'removed' | 'changed';
  /** Of a leaf; absent for nodes with children or text. */
  readonly left?: Json;
  readonly right?: Json;
  readonly children?: readonly DifferenceView[];
  readonly text?: readonly TextSegment[];
}

/** A pair of items, or an item of one side. */
export interface CompareRow {
  /** Its position among all rows, equal ones included. */
  readonly index: number;
  readonly change: 'equal' | 'added' | 'removed' | 'changed';
  readonly kind: ItemKind;
  /** Number of the item in its thread, from 1. */
  readonly left: number | null;
  readonly right: number | null;
  /** Since the item before it, ms. */
  readonly leftMs: number | null;
  readonly rightMs: number | null;
  readonly summary: string;
}

/** Adjacent rows that are equal are one block. */
export type CompareBlock =
  | { readonly type: 'equal'; readonly first: number; readonly count: number }
  | { readonly type: 'row'; readonly row: CompareRow };

/** Duration of one turn on both sides, ms; null where a side has no such turn or no times. */
export interface TurnTimes {
  readonly turn: number;
  readonly left: number | null;
  readonly right: number | null;
}

export interface CompareState {
  readonly locale: string;
  readonly title: string;
  readonly left: CompareSide;
  readonly right: CompareSide;
  /** Title and status of the threads; null where they are equal, or for other comparisons. */
  readonly header: DifferenceView | null;
  readonly blocks: readonly CompareBlock[];
  /** Rows that are not equal. */
  readonly differences: number;
  /** Details of the first rows, by index: the webview need not request them. */
  readonly details: Readonly<Record<number, DifferenceView>>;
  readonly times: readonly TurnTimes[];
  /** The sides are threads that can be opened and compared as texts. */
  readonly threads: boolean;
}

const id = z.string().min(1).max(1024);
const comparedThread = z.object({ connectionId: id, threadId: id, until: id.optional() });

/** What the editor saves for a comparison of threads, to compare them again after a reload. Never content. */
export const comparePageState = z.object({ left: comparedThread, right: comparedThread });

/** A thread, or its start up to and including an item. */
export type ComparedThread = z.infer<typeof comparedThread>;

const index = z.int().min(0).max(1_000_000);

/** The webview's requests with the schemas of their parameters. The host validates them: a webview is untrusted. */
export const compareRequests = {
  ready: request(z.strictObject({})).returns<CompareState>(),
  rows: request(z.strictObject({ first: index, count: z.int().min(1).max(maxRows) })).returns<readonly CompareRow[]>(),
  details: request(z.strictObject({ index })).returns<DifferenceView>(),
  openThread: z.strictObject({ side: z.enum(['left', 'right']) }),
  openTextDiff: z.strictObject({}),
};

export type CompareHost = RequestMethods<typeof compareRequests>;

import type { Times } from '../../common/summary/times.ts';
import type { ThreadsModel } from '../model/threadsModel.ts';

/** The data that rows are rendered from. */
export interface RowContext {
  readonly model: ThreadsModel;
  readonly times: Times;
  /** ms since the epoch. */
  readonly now: () => number;
}

/**
 * Returns the value that menus match a row by: its kind, then its flags in alphabetical order, separated by spaces, e.g.
 * `thread deletable`. A menu matches it with `viewItem =~ /^thread\b.*\bdeletable\b/`.
 *
 * Kinds and flags: `connection` (actsAsUser, filterable, filtered, local, needsCredentials,
 * readOnly, sends, sessions), `group`, `thread` (deletable,
 * renamable), `item` (judgeable, retriable, widget), `loadMore`, `message` (error).
 */
export function contextValue(kind: string, flags: Readonly<Record<string, boolean>> = {}): string {
  const set = Object.keys(flags).filter((flag) => flags[flag] === true);
  return [kind, ...set.toSorted()].join(' ');
}

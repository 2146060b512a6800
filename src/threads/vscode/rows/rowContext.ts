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
 * renamable, sends), `item` (judgeable, retriable, sends, widget), `loadMore`, `message` (error).
 */
export function contextValue(kind: string, flags: Readonly<Record<string, boolean>> = {}): string {
  const set = Object.keys(flags).filter((flag) => flags[flag] === true);
  return [kind, ...set.toSorted()].join(' ');
}

const rightToLeft = /[\p{Script=Arabic}\p{Script=Hebrew}\p{Script=Syriac}\p{Script=Thaana}\p{Script=Nko}]/u;

/**
 * Returns the description of a row. After a label with right-to-left text, a mark keeps it apart: without the mark, the
 * numbers of both would be shown as one text, in the wrong order.
 */
export function beside(label: string, description: string): string {
  return description !== '' && rightToLeft.test(label) ? `\u200e${description}` : description;
}

/** Returns `left ↔ right` for two titles. Titles that read from right to left would change places if they were not isolated. */
export function pairTitle(left: string, right: string): string {
  const isolated = (title: string) => (rightToLeft.test(title) ? `\u2068${title}\u2069` : title);
  return `${isolated(left)} ↔ ${isolated(right)}`;
}

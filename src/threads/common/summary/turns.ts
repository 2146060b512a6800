import type { ItemKind } from '../../../chatkit/common/model/item.ts';

/** The fields of an item that timing needs. `createdAt` is in ms since the epoch; null when the server sent none. */
interface TimedItem {
  readonly kind: ItemKind;
  readonly createdAt: number | null;
}

/** A user message and all items until the next one. Items before the first user message form a separate turn. */
export interface Turn {
  /** Index of the first item (inclusive) and of the end (exclusive). */
  readonly start: number;
  readonly end: number;
  /** 1 for the thread's first user message; null when older items are not loaded or the turn has no user message. */
  readonly number: number | null;
  /** Time from the first item to the last, in ms; null when a time is missing or a part of the turn is not loaded. */
  readonly durationMs: number | null;
  /** The turn contains an item that answers the user, or may contain one that is not loaded. */
  readonly answered: boolean;
}

const answerKinds: ReadonlySet<ItemKind> = new Set([
  'assistant_message',
  'widget',
  'generated_image',
  'structured_input',
]);

export interface TurnBounds {
  /** The items start with the thread's first item, so turns can be numbered. */
  readonly fromStart: boolean;
  /** The items include the newest known item, so the last turn is considered complete. */
  readonly toEnd: boolean;
}

/** Returns the turns of contiguous items, oldest first. */
export function turnsOf(items: readonly TimedItem[], { fromStart, toEnd }: TurnBounds): Turn[] {
  const turns: Turn[] = [];
  let number = 0;
  let start = 0;
  const close = (end: number) => {
    const byUser = items[start]?.kind === 'user_message';
    if (byUser) number += 1;
    const whole = (byUser || (fromStart && start === 0)) && (end < items.length || toEnd);
    turns.push({
      start,
      end,
      number: fromStart && byUser ? number : null,
      durationMs: whole ? between(items[start], items[end - 1]) : null,
      answered: (end === items.length && !toEnd) || items.slice(start, end).some(({ kind }) => answerKinds.has(kind)),
    });
    start = end;
  };
  for (let index = 1; index < items.length; index++) if (items[index]?.kind === 'user_message') close(index);
  if (items.length > 0) close(items.length);
  return turns;
}

/** Returns the time between two items in ms; null when either time is missing. Never negative, because clocks can differ. */
export function between(earlier: TimedItem | undefined, later: TimedItem | undefined): number | null {
  if (earlier?.createdAt == null || later?.createdAt == null) return null;
  return Math.max(0, later.createdAt - earlier.createdAt);
}

/** Time of a turn spent on one kind of item, in ms. */
export interface Span {
  readonly kind: ItemKind;
  readonly ms: number;
}

/**
 * Returns how the time of a turn was spent, longest first. The time before an item counts as producing that item. The time
 * after a client tool call counts as the call, because the server was waiting for its output. Kinds without a known or
 * positive time are omitted.
 */
export function spansOf(items: readonly TimedItem[], { start, end }: Pick<Turn, 'start' | 'end'>): readonly Span[] {
  const sums = new Map<ItemKind, number>();
  for (let index = start + 1; index < end; index++) {
    const [before, item] = [items[index - 1], items[index]];
    const ms = between(before, item);
    if (ms === null || ms === 0 || before === undefined || item === undefined) continue;
    const kind = before.kind === 'client_tool_call' ? before.kind : item.kind;
    sums.set(kind, (sums.get(kind) ?? 0) + ms);
  }
  return [...sums].map(([kind, ms]) => ({ kind, ms })).sort((a, b) => b.ms - a.ms);
}

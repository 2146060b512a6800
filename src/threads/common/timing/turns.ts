import type { ItemKind } from '../../../chatkit/common/model/item.ts';

/** What timing needs of an item. `createdAt` in ms since the epoch; null where the server sent none. */
export interface TimedItem {
  readonly kind: ItemKind;
  readonly createdAt: number | null;
}

/** A user message and all that came until the next one. Items before the first user message are a turn of their own. */
export interface Turn {
  /** Index of the first item and one past the last. */
  readonly start: number;
  readonly end: number;
  /** 1 for the thread's first user message; null where older items are not loaded, or for what came before any. */
  readonly number: number | null;
  /** From the first item to the last, ms; null where a time is missing or the turn was cut by a gap. */
  readonly durationMs: number | null;
  /** The user said something and something was said back. */
  readonly answered: boolean;
}

const answers: ReadonlySet<ItemKind> = new Set(['assistant_message', 'widget', 'generated_image', 'structured_input']);

export interface TurnBounds {
  /** The items begin with the thread's first one: turns can be numbered. */
  readonly fromStart: boolean;
  /** Nothing is known to follow the items directly: the last turn is whole as far as anybody knows. */
  readonly toEnd: boolean;
}

/** The turns of a contiguous run of items, oldest first. Pure, one pass. */
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
      answered: items.slice(start, end).some(({ kind }) => answers.has(kind)),
    });
    start = end;
  };
  for (let index = 1; index < items.length; index++) if (items[index]?.kind === 'user_message') close(index);
  if (items.length > 0) close(items.length);
  return turns;
}

/** Time from one item to a later one, ms; null where either time is missing. Never negative: clocks may disagree. */
export function between(earlier: TimedItem | undefined, later: TimedItem | undefined): number | null {
  if (earlier?.createdAt == null || later?.createdAt == null) return null;
  return Math.max(0, later.createdAt - earlier.createdAt);
}

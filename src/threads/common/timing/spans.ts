import type { ItemKind } from '../../../chatkit/common/model/item.ts';
import { between, type TimedItem, type Turn } from './turns.ts';

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

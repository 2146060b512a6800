import type { ThreadItem } from '../../../src/chatkit/common/model/item.ts';
import { assistant, user } from '../../unit/threads/summary/items.ts';

/** A thread of questions and answers. `change`: replaces some words of an item; null: the item stays as it is. */
export function items(count: number, change: (index: number) => string | null = () => null): readonly ThreadItem[] {
  return Array.from({ length: count }, (_, index): ThreadItem => {
    const words = change(index) ?? 'on Monday';
    const at = { id: `item_${index}`, createdAt: 1_700_000_000_000 + index * 1_500 };
    if (index % 2 === 1) return { ...user(`Question ${index}: when does it arrive, ${words}?`), ...at };
    return { ...assistant(`Answer ${index}: the parcel arrives ${words} and is left with the neighbour.`), ...at };
  });
}

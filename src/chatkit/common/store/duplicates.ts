import { isJsonObject, sameJson } from '../../../base/common/json.ts';
import type { ThreadItem } from '../model/item.ts';

/** The id as the server sent it; differs from `item.id` only where the server gave one id to several items. */
export function wireId(item: ThreadItem): string {
  const sent = isJsonObject(item.raw) ? item.raw['id'] : undefined;
  return typeof sent === 'string' && sent !== '' ? sent : item.id;
}

interface Separated {
  /** Every id once. */
  readonly items: readonly ThreadItem[];
  /** IDs that are used for more than one item. */
  readonly duplicateIds: readonly string[];
}

/**
 * Gives every item of a page a unique ID (some servers use the same ID repeatedly). The first item with an ID keeps it.
 * The others get `<id>#<created, ms>`, which is the same when the page is loaded again.
 *
 * `beyond`: the page is outside the loaded range, so a known ID with a different time is another item. Otherwise, it is
 * the known item with a changed time.
 */
export function separateDuplicates(
  items: readonly ThreadItem[],
  known: (id: string) => ThreadItem | undefined,
  beyond: boolean,
): Separated {
  const counts = new Map<string, number>();
  for (const { id } of items) counts.set(id, (counts.get(id) ?? 0) + 1);
  const taken = new Map<string, ThreadItem>();
  const duplicateIds = new Set<string>();
  const separated: ThreadItem[] = [];
  for (const item of items) {
    const twin = known(item.id);
    const severalHere = (counts.get(item.id) ?? 0) > 1;
    const later = `${item.id}#${item.createdAt ?? '?'}`;
    const another = taken.has(item.id) || (twin !== undefined && twin.createdAt !== item.createdAt);
    const needsOwnId = another && (severalHere || beyond || known(later) !== undefined);
    if (severalHere || needsOwnId) duplicateIds.add(item.id);
    const own = needsOwnId ? { ...item, id: later } : item;
    const same = taken.get(own.id);
    if (same === undefined) {
      taken.set(own.id, own);
      separated.push(own);
    } else if (!sameJson(same.raw, own.raw)) {
      const id = freeId(own.id, taken);
      taken.set(id, own);
      separated.push({ ...own, id });
    }
  }
  return { items: separated, duplicateIds: [...duplicateIds] };
}

function freeId(id: string, taken: ReadonlyMap<string, ThreadItem>): string {
  let n = 2;
  while (taken.has(`${id}.${n}`)) n += 1;
  return `${id}.${n}`;
}

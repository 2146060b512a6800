import type { ItemKind } from '../../domain/model/item.ts';
import type { InspectorItem } from '../../protocol/inspectorItem.ts';

/** Indices of the items whose kind is not filtered out, in thread order. */
export function visibleIndices(items: readonly InspectorItem[], hidden: ReadonlySet<ItemKind>): Uint32Array {
  const indices = new Uint32Array(items.length);
  let count = 0;
  for (const [index, item] of items.entries()) if (!hidden.has(item.kind)) indices[count++] = index;
  return indices.subarray(0, count);
}

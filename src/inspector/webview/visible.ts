import type { ItemKind } from '../../chatkit/common/model/item.ts';
import type { InspectorItem } from '../common/inspectorItem.ts';
import type { Transcript } from './state/transcript.ts';

let last:
  { readonly keys: Uint32Array; readonly hidden: ReadonlySet<ItemKind>; readonly indices: Uint32Array } | undefined;

/** Returns `visibleIndices`, and the same array as long as text is only appended: then the layout does not change. */
export function visibleItems({ items, keys }: Transcript, hidden: ReadonlySet<ItemKind>): Uint32Array {
  if (last?.keys !== keys || last.hidden !== hidden) last = { keys, hidden, indices: visibleIndices(items, hidden) };
  return last.indices;
}

/** Indices of the items whose kind is not filtered out, in thread order. */
export function visibleIndices(items: readonly InspectorItem[], hidden: ReadonlySet<ItemKind>): Uint32Array {
  const indices = new Uint32Array(items.length);
  let count = 0;
  for (const [index, item] of items.entries()) if (!hidden.has(item.kind)) indices[count++] = index;
  return indices.subarray(0, count);
}

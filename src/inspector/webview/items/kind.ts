import type { ReactNode } from 'react';
import type { ItemKind } from '../../../chatkit/common/model/item.ts';
import type { InspectorItem } from '../../common/inspectorItem.ts';

export type ItemOf<K extends ItemKind> = Extract<InspectorItem, { kind: K }>;

/** How one kind of item is shown. Each kind is one file that exports a `KindView`, and one line in `kinds.ts`. */
export interface KindView<K extends ItemKind> {
  /** A codicon. */
  readonly icon: string;
  readonly label: () => string;
  readonly Body: (props: { readonly item: ItemOf<K> }) => ReactNode;
  /** All text of the item, in reading order: for find, summaries and height estimates. */
  readonly texts: (item: ItemOf<K>) => readonly string[];
  /** Estimated height of the content other than text, in px, used until the row is measured. */
  readonly extraHeight: number;
}

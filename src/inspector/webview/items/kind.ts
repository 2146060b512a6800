import type { ReactNode } from 'react';
import type { ItemKind } from '../../../chatkit/common/model/item.ts';
import type { InspectorItem } from '../../common/inspectorItem.ts';

export type ItemOf<K extends ItemKind> = Extract<InspectorItem, { kind: K }>;

/** How one kind of item is shown. Each kind is one file that exports one of these, and one line in `kinds.ts`. */
export interface KindView<K extends ItemKind> {
  /** A codicon. */
  readonly icon: string;
  readonly label: () => string;
  readonly Body: (props: { readonly item: ItemOf<K> }) => ReactNode;
  /** All that a reader would find in it, in reading order: for finding, summaries and the guess of its height. */
  readonly texts: (item: ItemOf<K>) => readonly string[];
  /** Height of what it shows beside its text, px: the guess until it is measured. */
  readonly heightBeside: number;
}

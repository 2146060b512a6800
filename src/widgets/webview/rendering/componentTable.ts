import type { ComponentType } from 'react';
import type { ComponentName } from '../../common/catalogue.ts';
import type { KnownNode } from '../../common/node.ts';

/** What a drawing gets: its node, with the props that passed their schema. */
export interface DrawingProps<Name extends ComponentName> {
  readonly node: KnownNode<Name>;
}

export type Drawing<Name extends ComponentName> = ComponentType<DrawingProps<Name>>;
export type Drawings = { readonly [Name in ComponentName]: Drawing<Name> };

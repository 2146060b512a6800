import type { ComponentType } from 'react';
import type { ComponentName } from '../../common/catalogue.ts';
import type { KnownNode } from '../../common/node.ts';

/** Props of a renderer: its node, with the props that passed their schema. */
export interface WidgetComponentProps<Name extends ComponentName> {
  readonly node: KnownNode<Name>;
}

/** The renderer of each component of the catalogue. */
export type ComponentTable = { readonly [Name in ComponentName]: ComponentType<WidgetComponentProps<Name>> };

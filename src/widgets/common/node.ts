import type { Json } from '../../base/common/json.ts';
import type { ComponentName, PropsOf } from './catalogue.ts';
import type { WidgetProblem } from './problems.ts';

/** Props that may be drawn: each was checked by itself, so that any may be missing, required ones included. */
export type GoodProps<Name extends ComponentName> = {
  readonly [K in keyof PropsOf<Name>]?: PropsOf<Name>[K] | undefined;
};

interface NodeBase {
  /** The type as it was written; empty when there was none. */
  readonly type: string;
  /** JSON pointer from the root of the widget. */
  readonly path: string;
  readonly id: string | null;
  /** Unique among its siblings: the node's key, else its id, else its place. */
  readonly identity: string;
  readonly children: readonly WidgetNode[];
  /** Props that the component does not have, as they were written. */
  readonly unknownProps: Readonly<Record<string, Json>>;
  /** Why some of its children are missing from the drawing. */
  readonly cut: 'depth' | 'nodes' | null;
}

/** A component of the catalogue. */
export interface KnownNode<Name extends ComponentName = ComponentName> extends NodeBase {
  readonly component: Name;
  readonly props: GoodProps<Name>;
}

/** A component that this version does not know: its children are drawn in a marked place. */
export interface UnknownNode extends NodeBase {
  readonly component: null;
}

export type WidgetNode = { [Name in ComponentName]: KnownNode<Name> }[ComponentName] | UnknownNode;

/** A widget as it can be drawn: bounded in size and depth, every prop checked. */
export interface WidgetTree {
  /** Null when the JSON is no object at all. */
  readonly root: WidgetNode | null;
  readonly problems: readonly WidgetProblem[];
  /** Components in the tree. */
  readonly nodeCount: number;
  /** Components were left out because of a limit. */
  readonly cut: boolean;
}

import type { Json } from '../../base/common/json.ts';
import type { ComponentName, PropsOf } from './catalogue.ts';
import type { WidgetProblem } from './problems.ts';

/** Props that passed their schema. Each was checked separately, so any may be missing, also required ones. */
export type ValidProps<Name extends ComponentName> = {
  readonly [K in keyof PropsOf<Name>]?: PropsOf<Name>[K] | undefined;
};

interface NodeBase {
  /** The type as written; empty if missing. */
  readonly type: string;
  /** JSON pointer from the root of the widget. */
  readonly path: string;
  readonly id: string | null;
  /** Unique among its siblings: the key of the node, else its id, else its index. */
  readonly identity: string;
  readonly children: readonly WidgetNode[];
  /** Props that the component does not have, as written. */
  readonly unknownProps: Readonly<Record<string, Json>>;
  /** The limit that removed some of its children; null if there are none. */
  readonly cut: 'depth' | 'nodes' | null;
}

/** A component of the catalogue. */
export interface KnownNode<Name extends ComponentName = ComponentName> extends NodeBase {
  readonly component: Name;
  readonly props: ValidProps<Name>;
}

/** A component that this version does not know: its children are rendered in a marked area. */
export interface UnknownNode extends NodeBase {
  readonly component: null;
}

export type WidgetNode = { [Name in ComponentName]: KnownNode<Name> }[ComponentName] | UnknownNode;

/** A widget that can be rendered: bounded in size and depth, every prop checked. */
export interface WidgetTree {
  /** Null if the JSON is not an object. */
  readonly root: WidgetNode | null;
  readonly problems: readonly WidgetProblem[];
  /** Number of components in the tree. */
  readonly nodeCount: number;
  /** Whether components were removed because of a limit. */
  readonly cut: boolean;
}

/** Limits of a rendered widget. Components beyond them are not rendered; a note states how many. */
export interface WidgetLimits {
  /** Levels of components; the root is the first. */
  readonly depth: number;
  /** Number of components. */
  readonly nodes: number;
  /** Number of listed problems. */
  readonly problems: number;
}

export const widgetLimits: WidgetLimits = { depth: 100, nodes: 5_000, problems: 500 };

/** Maximum number of entries that are read of one list (options, chart rows, series). */
export const maxListEntries = 2_000;

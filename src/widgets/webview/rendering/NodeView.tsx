import { Component, type ComponentType, type ReactElement, type ReactNode } from 'react';
import * as l10n from '@vscode/l10n';
import type { WidgetTheme } from '../../common/grammar/palette.ts';
import type { ComponentName } from '../../common/catalogue.ts';
import type { UnknownNode, WidgetNode } from '../../common/node.ts';
import { type WidgetHost, WidgetHostContext, WidgetThemeContext, useWidgetTheme } from './widgetHost.ts';
import type { WidgetComponentProps } from './componentTable.ts';

interface NodeViewProps {
  readonly node: WidgetNode;
}

interface NodeViewState {
  readonly node: WidgetNode;
  readonly failed: boolean;
}

/**
 * Renders one component. If its renderer throws, only this component is replaced by a note. One class does all of this,
 * because a widget has thousands of nodes.
 */
export class NodeView extends Component<NodeViewProps, NodeViewState> {
  static override contextType = WidgetHostContext;
  declare context: WidgetHost | null;
  override state: NodeViewState = { node: this.props.node, failed: false };
  #element: ReactElement | null = null;

  static getDerivedStateFromProps({ node }: NodeViewProps, state: NodeViewState): NodeViewState | null {
    // A new node is rendered even if the previous one failed.
    return node === state.node ? null : { node, failed: false };
  }

  static getDerivedStateFromError(): Partial<NodeViewState> {
    return { failed: true };
  }

  override shouldComponentUpdate({ node }: NodeViewProps, { failed }: NodeViewState): boolean {
    return node !== this.props.node || failed !== this.state.failed;
  }

  override render(): ReactNode {
    const { node } = this.props;
    if (this.state.failed) {
      return (
        <p className="ck-note" data-widget-type={node.type} data-widget-broken>
          {l10n.t('Could not render this {0}.', node.type)}
        </p>
      );
    }
    if (node.component === null) return <UnknownComponent node={node} />;
    if (this.context === null) throw new Error('Used outside a WidgetView.');
    // The entry of a name renders nodes of that name; TypeScript cannot follow a table of unions.
    const Renderer = this.context.components[node.component] as ComponentType<WidgetComponentProps<ComponentName>>;
    // The same element for the same node: a new host, for example with other image hosts, does not render the tree again.
    if (this.#element?.type !== Renderer || (this.#element.props as NodeViewProps).node !== node) {
      this.#element = <Renderer node={node} />;
    }
    return this.#element;
  }
}

/** The children of a node, and a note if a limit removed some. */
export function Children({ node }: { readonly node: WidgetNode }) {
  return (
    <>
      {node.children.map((child) => (
        <NodeView key={child.identity} node={child} />
      ))}
      <CutNote node={node} />
    </>
  );
}

/** States which children are missing because of a limit; renders nothing if none are. */
export function CutNote({ node: { cut } }: { readonly node: WidgetNode }) {
  if (cut === null) return null;
  return (
    <p className="ck-note">
      {cut === 'depth'
        ? l10n.t('Components nested more deeply are not rendered.')
        : l10n.t('Further components are not rendered.')}
    </p>
  );
}

/** A component that this version does not know: a marked area with its children. */
function UnknownComponent({ node }: { readonly node: UnknownNode }) {
  const name = node.type.length > 60 ? `${node.type.slice(0, 59)}…` : node.type;
  return (
    <div className="ck-unknown" data-widget-type={node.type} data-widget-unknown>
      <span className="ck-unknown-name">
        {name === '' ? l10n.t('Component without a type') : l10n.t('Unknown component {0}', name)}
      </span>
      <Children node={node} />
    </div>
  );
}

interface ThemeScopeProps {
  /** Absent: the outer theme applies. */
  readonly theme: WidgetTheme | undefined;
  readonly children: ReactNode;
}

/** Renders its content in the given theme, independently of the editor's. */
export function ThemeScope({ theme, children }: ThemeScopeProps) {
  const outer = useWidgetTheme();
  if (theme === undefined || theme === outer) return children;
  return (
    <WidgetThemeContext value={theme}>
      <div className={`ck-theme ck-theme-forced ck-theme-${theme}`}>{children}</div>
    </WidgetThemeContext>
  );
}

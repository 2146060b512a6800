import { Component, type ComponentType, type ReactNode, memo, useMemo } from 'react';
import * as l10n from '@vscode/l10n';
import type { WidgetTheme } from '../../common/grammar/palette.ts';
import type { ComponentName } from '../../common/catalogue.ts';
import type { KnownNode, UnknownNode, WidgetNode } from '../../common/node.ts';
import { WidgetThemeContext, useWidgetHost, useWidgetTheme } from './widgetHost.ts';
import type { WidgetComponentProps } from './componentTable.ts';

/** Renders one component. If its renderer throws, only this component is replaced by a note. */
export const NodeView = memo(function NodeView({ node }: { readonly node: WidgetNode }) {
  return (
    <ErrorBoundary node={node}>
      {node.component === null ? <UnknownComponent node={node} /> : <KnownComponent node={node} />}
    </ErrorBoundary>
  );
});

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

function KnownComponent({ node }: { readonly node: KnownNode }) {
  const { components } = useWidgetHost();
  // The entry of a name renders nodes of that name; TypeScript cannot follow a table of unions.
  const Renderer = components[node.component] as ComponentType<WidgetComponentProps<ComponentName>>;
  // The same element for the same node: a new host, for example with other image hosts, does not render the tree again.
  return useMemo(() => <Renderer node={node} />, [Renderer, node]);
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

interface ErrorBoundaryProps {
  readonly node: WidgetNode;
  readonly children: ReactNode;
}

interface ErrorBoundaryState {
  readonly node: WidgetNode;
  readonly failed: boolean;
}

class ErrorBoundary extends Component<ErrorBoundaryProps, ErrorBoundaryState> {
  override state: ErrorBoundaryState = { node: this.props.node, failed: false };

  static getDerivedStateFromProps({ node }: ErrorBoundaryProps, state: ErrorBoundaryState): ErrorBoundaryState | null {
    // A new node is rendered even if the previous one failed.
    return node === state.node ? null : { node, failed: false };
  }

  static getDerivedStateFromError(): Partial<ErrorBoundaryState> {
    return { failed: true };
  }

  override render(): ReactNode {
    const { node, children } = this.props;
    if (!this.state.failed) return children;
    return (
      <p className="ck-note" data-widget-type={node.type} data-widget-broken>
        {l10n.t('Could not render this {0}.', node.type)}
      </p>
    );
  }
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

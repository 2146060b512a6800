import * as l10n from '@vscode/l10n';
import type { ComponentType, ReactNode } from 'react';
import { Component, memo } from 'react';
import type { ComponentName } from '../../common/catalogue.ts';
import type { KnownNode, WidgetNode } from '../../common/node.ts';
import { drawings } from '../widgetComponents.ts';
import { UnknownComponent } from './UnknownComponent.tsx';

/** Draws one component. If its drawing throws, that is all that is lost. */
export const NodeView = memo(function NodeView({ node }: { readonly node: WidgetNode }) {
  return (
    <Boundary node={node}>
      {node.component === null ? <UnknownComponent node={node} /> : <KnownComponent node={node} />}
    </Boundary>
  );
});

function KnownComponent({ node }: { readonly node: KnownNode }) {
  // The row of a name draws nodes of that name; TypeScript cannot follow a table of unions.
  const Drawing = drawings[node.component] as ComponentType<{ node: KnownNode<ComponentName> }>;
  return <Drawing node={node} />;
}

interface BoundaryProps {
  readonly node: WidgetNode;
  readonly children: ReactNode;
}

interface BoundaryState {
  readonly node: WidgetNode;
  readonly failed: boolean;
}

class Boundary extends Component<BoundaryProps, BoundaryState> {
  override state: BoundaryState = { node: this.props.node, failed: false };

  static getDerivedStateFromProps({ node }: BoundaryProps, state: BoundaryState): BoundaryState | null {
    // Another node came: it gets its own chance.
    return node === state.node ? null : { node, failed: false };
  }

  static getDerivedStateFromError(): Partial<BoundaryState> {
    return { failed: true };
  }

  override render(): ReactNode {
    return this.state.failed ? <Broken node={this.props.node} /> : this.props.children;
  }
}

function Broken({ node }: { readonly node: WidgetNode }) {
  return (
    <p className="ck-note" data-widget-type={node.type} data-widget-broken>
      {l10n.t('This {0} could not be drawn.', node.type)}
    </p>
  );
}

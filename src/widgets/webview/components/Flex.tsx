import type { ReactNode } from 'react';
import type { WidgetNode } from '../../common/node.ts';
import { Children } from '../rendering/NodeView.tsx';
import { useWidgetTheme } from '../rendering/widgetHost.ts';
import { type BoxProps, boxStyle } from '../rendering/layout.ts';

type Direction = 'row' | 'col' | 'column';

/** Class names of a flexible container. */
export function flexClass(direction: Direction, props: BoxProps): string {
  const filled = props.background !== undefined;
  return `ck-box ${direction === 'row' ? 'ck-row' : 'ck-col'}${filled ? ' ck-filled' : ''}`;
}

interface FlexProps {
  readonly node: WidgetNode;
  readonly direction: Direction;
  readonly props: BoxProps;
}

/** The container of Box, Row and Col. */
export function Flex({ node, direction, props }: FlexProps): ReactNode {
  const theme = useWidgetTheme();
  return (
    <div className={flexClass(direction, props)} style={boxStyle(props, theme)} data-widget-type={node.type}>
      <Children node={node} />
    </div>
  );
}

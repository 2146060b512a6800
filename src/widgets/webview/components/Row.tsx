import type { WidgetComponentProps } from '../rendering/componentTable.ts';
import { Flex } from './Flex.tsx';

export function Row({ node }: WidgetComponentProps<'Row'>) {
  return <Flex node={node} direction="row" props={node.props} />;
}

import type { WidgetComponentProps } from '../rendering/componentTable.ts';
import { Flex } from './Flex.tsx';

export function Box({ node }: WidgetComponentProps<'Box'>) {
  return <Flex node={node} direction={node.props.direction ?? 'col'} props={node.props} />;
}

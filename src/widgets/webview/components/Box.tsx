import type { DrawingProps } from '../rendering/componentTable.ts';
import { Flex } from './Flex.tsx';

export function Box({ node }: DrawingProps<'Box'>) {
  return <Flex node={node} direction={node.props.direction ?? 'col'} props={node.props} />;
}

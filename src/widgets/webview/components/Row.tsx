import type { DrawingProps } from '../rendering/componentTable.ts';
import { Flex } from './Flex.tsx';

export function Row({ node }: DrawingProps<'Row'>) {
  return <Flex node={node} direction="row" props={node.props} />;
}

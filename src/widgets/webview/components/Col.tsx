import type { DrawingProps } from '../rendering/componentTable.ts';
import { Flex } from './Flex.tsx';

export function Col({ node }: DrawingProps<'Col'>) {
  return <Flex node={node} direction="col" props={node.props} />;
}

import type { WidgetComponentProps } from '../rendering/componentTable.ts';
import { Flex } from './Flex.tsx';

export function Col({ node }: WidgetComponentProps<'Col'>) {
  return <Flex node={node} direction="col" props={node.props} />;
}

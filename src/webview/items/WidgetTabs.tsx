import type { Json } from '../../domain/json.ts';
import { useInspector } from '../inspector/context.tsx';
import { JsonTree } from '../json/JsonTree.tsx';

interface Props {
  readonly itemId: string;
  readonly value: Json;
}

export function WidgetTabs({ value }: Props) {
  const { strings } = useInspector();
  return <JsonTree value={value} strings={strings} />;
}

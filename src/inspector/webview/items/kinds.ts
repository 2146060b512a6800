import './items.css';
import type { ItemKind } from '../../../chatkit/common/model/item.ts';
import type { InspectorItem } from '../../common/inspectorItem.ts';
import { assistantMessage } from './AssistantMessage.tsx';
import { clientToolCall } from './ClientToolCall.tsx';
import { generatedImage } from './GeneratedImage.tsx';
import type { KindView } from './kind.ts';
import { structuredInput } from './StructuredInput.tsx';
import { taskKind } from './TaskItem.tsx';
import { taskGroup } from './TaskGroup.tsx';
import { unknownItem } from './UnknownItem.tsx';
import { userMessage } from './UserMessage.tsx';
import { widget } from './WidgetItem.tsx';
import { workflow } from './WorkflowItem.tsx';

const kinds: { readonly [K in ItemKind]: KindView<K> } = {
  user_message: userMessage,
  assistant_message: assistantMessage,
  widget,
  client_tool_call: clientToolCall,
  task: taskKind,
  task_group: taskGroup,
  workflow,
  generated_image: generatedImage,
  structured_input: structuredInput,
  unknown: unknownItem,
};

/** Returns the view of a kind. The cast is needed because TypeScript cannot relate the kind and the item type of a union. */
export function kindView(kind: ItemKind): KindView<ItemKind> {
  return kinds[kind] as unknown as KindView<ItemKind>;
}

/** Returns all text of an item, one part per line. */
export function textOf(item: InspectorItem): string {
  return kindView(item.kind).texts(item).filter(Boolean).join('\n');
}

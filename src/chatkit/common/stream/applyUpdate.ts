import type { Json } from '../../../base/common/json.ts';
import type { AssistantPart } from '../model/content.ts';
import type { AssistantMessageItem, ThreadItem, WidgetItem, WorkflowItem } from '../model/item.ts';
import { rawWithPart, rawWithTask, rawWithValue } from './applyToRaw.ts';
import { applyToWidget } from './applyToWidget.ts';
import type { ItemUpdate } from './events.ts';
import { appendTextToParts, maxPartIndex } from './textDelta.ts';

/**
 * Applies one change of a stream to an item and its JSON (chatkit-api 5.7). Returns the same item if the change is not for
 * its kind.
 */
export function applyUpdate(item: ThreadItem, update: ItemUpdate): ThreadItem {
  switch (update.type) {
    case 'textDelta':
      if (item.kind !== 'assistant_message') return item;
      return withParts(item, appendTextToParts(item.parts, update), update);
    case 'partAdded':
    case 'partDone':
    case 'annotationAdded':
      return item.kind === 'assistant_message' ? changePart(item, update) : item;
    case 'taskAdded':
    case 'taskUpdated':
      return item.kind === 'workflow' ? changeTask(item, update) : item;
    case 'widgetText':
    case 'widgetComponent':
    case 'widgetRoot':
      return item.kind === 'widget' ? changeWidget(item, update) : item;
    case 'image':
      if (item.kind !== 'generated_image') return item;
      return {
        ...item,
        image: update.image,
        progress: update.progress,
        raw: rawWithValue(item.raw, 'image', update.raw),
      };
    case 'unknown':
      return item;
  }
}

function withParts(
  item: AssistantMessageItem,
  parts: readonly AssistantPart[],
  update: Parameters<typeof rawWithPart>[1],
): AssistantMessageItem {
  return parts === item.parts ? item : { ...item, parts, raw: rawWithPart(item.raw, update) };
}

type PartUpdate = Extract<ItemUpdate, { type: 'partAdded' | 'partDone' | 'annotationAdded' }>;
const emptyPart: AssistantPart = { text: '', annotations: [] };

function changePart(item: AssistantMessageItem, update: PartUpdate): AssistantMessageItem {
  const { index } = update;
  if (index < 0 || index > maxPartIndex) return item;
  const parts = [...item.parts];
  while (parts.length <= index) parts.push(emptyPart);
  parts[index] = changedPart(parts[index] ?? emptyPart, update);
  return withParts(item, parts, update);
}

function changedPart(part: AssistantPart, update: PartUpdate): AssistantPart {
  switch (update.type) {
    case 'annotationAdded':
      return { ...part, annotations: part.annotations.toSpliced(update.at, 0, update.annotation) };
    default:
      return update.part;
  }
}

function changeTask(
  item: WorkflowItem,
  { type, index, task, raw }: Extract<ItemUpdate, { type: 'taskAdded' | 'taskUpdated' }>,
): WorkflowItem {
  if (index < 0 || index > maxPartIndex) return item;
  const replaced = type === 'taskUpdated' && index < item.tasks.length ? 1 : 0;
  return {
    ...item,
    tasks: item.tasks.toSpliced(index, replaced, task),
    raw: rawWithTask(item.raw, { index, replaced, task: raw }),
  };
}

function changeWidget(
  item: WidgetItem,
  update: Extract<ItemUpdate, { type: 'widgetText' | 'widgetComponent' | 'widgetRoot' }>,
): WidgetItem {
  if (update.type === 'widgetRoot') return withWidget(item, update.widget);
  const { widget } = item;
  if (widget.form === 'absent' || widget.form === 'invalid') return item;
  const value = applyToWidget(widget.value, update);
  return value === widget.value ? item : withWidget(item, value);
}

function withWidget(item: WidgetItem, value: Json): WidgetItem {
  return { ...item, widget: { form: 'value', value }, raw: rawWithValue(item.raw, 'widget', value) };
}

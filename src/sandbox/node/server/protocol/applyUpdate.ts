import type { ItemUpdate } from './events.ts';
import type { AssistantContent, Json, JsonObject, ServerBody } from '../../model/serverTypes.ts';

/** Returns an item after one update of a stream (the last column of chatkit-api 5.7). Does not modify the arguments. */
export function applyUpdate(body: ServerBody, update: ItemUpdate): ServerBody {
  switch (body.type) {
    case 'assistant_message':
      return { ...body, content: updateContent(body.content, update) };
    case 'workflow':
      return { ...body, workflow: { ...body.workflow, tasks: updateTasks(body.workflow.tasks, update) } };
    case 'widget':
      return { ...body, widget: updateWidget(body.widget, update) };
    case 'generated_image':
      return update.type === 'generated_image.updated' ? { ...body, image: update.image } : body;
    default:
      return body;
  }
}

function updateContent(content: readonly AssistantContent[], update: ItemUpdate): AssistantContent[] {
  if (!('content_index' in update)) return [...content];
  const parts = [...content];
  while (parts.length <= update.content_index) parts.push({ type: 'output_text', text: '', annotations: [] });
  const part = parts[update.content_index];
  if (part === undefined) return parts;
  switch (update.type) {
    case 'assistant_message.content_part.text_delta':
      parts[update.content_index] = { ...part, text: part.text + update.delta };
      break;
    case 'assistant_message.content_part.annotation_added':
      parts[update.content_index] = {
        ...part,
        annotations: part.annotations.toSpliced(update.annotation_index, 0, update.annotation),
      };
      break;
    default:
      parts[update.content_index] = update.content;
  }
  return parts;
}

type Tasks = Extract<ServerBody, { type: 'workflow' }>['workflow']['tasks'];

function updateTasks(tasks: Tasks, update: ItemUpdate): Tasks {
  if (update.type === 'workflow.task.added') return tasks.toSpliced(update.task_index, 0, update.task);
  if (update.type === 'workflow.task.updated') return tasks.with(update.task_index, update.task);
  return tasks;
}

function updateWidget(widget: JsonObject, update: ItemUpdate): JsonObject {
  switch (update.type) {
    case 'widget.root.updated':
      return update.widget;
    case 'widget.component.updated':
      return mapNode(widget, update.component_id, () => update.component);
    case 'widget.streaming_text.value_delta':
      return mapNode(widget, update.component_id, (node) => ({
        ...node,
        value: `${typeof node['value'] === 'string' ? node['value'] : ''}${update.delta}`,
        streaming: !update.done,
      }));
    default:
      return widget;
  }
}

/** Returns the tree with the node of the given ID changed. */
function mapNode(node: JsonObject, id: string, change: (node: JsonObject) => JsonObject): JsonObject {
  if (node['id'] === id) return change(node);
  const { children } = node;
  if (children === undefined) return node;
  const visit = (child: Json): Json => (isObject(child) ? mapNode(child, id, change) : child);
  return { ...node, children: Array.isArray(children) ? children.map(visit) : visit(children) };
}

function isObject(value: Json): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

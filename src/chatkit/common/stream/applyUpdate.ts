import type { AssistantPart } from '../model/content.ts';
import { type Json, type JsonObject, isJsonObject } from '../../../base/common/json.ts';
import type { AssistantMessageItem, ThreadItem, WidgetItem, WorkflowItem } from '../model/item.ts';
import type { ItemUpdate, StreamEvent } from './events.ts';

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

type NodeUpdate = Extract<ItemUpdate, { type: 'widgetText' | 'widgetComponent' }>;

/** Widgets are untrusted, and their trees can have any depth. */
const maxDepth = 200;

/** A widget with the node that `update` names changed; the widget itself where no node has that id. */
export function applyToWidget(root: Json, update: NodeUpdate): Json {
  return changeNode(root, update, 0);
}

function changeNode(node: Json, update: NodeUpdate, depth: number): Json {
  if (!isJsonObject(node) || depth > maxDepth) return node;
  if (node['id'] === update.componentId) {
    if (update.type === 'widgetText') return withText(node, update);
    const { component, merge } = update;
    return merge === true && isJsonObject(component) ? { ...node, ...component } : component;
  }
  const { children } = node;
  if (children === undefined || children === null) return node;
  // Most containers have a list, a Transition has one object.
  const changed = Array.isArray(children)
    ? changeFirst(children, update, depth)
    : changeNode(children, update, depth + 1);
  return changed === children ? node : { ...node, children: changed };
}

function changeFirst(children: readonly Json[], update: NodeUpdate, depth: number): readonly Json[] {
  for (const [index, child] of children.entries()) {
    const changed = changeNode(child, update, depth + 1);
    if (changed !== child) return children.with(index, changed);
  }
  return children;
}

function withText(node: JsonObject, { delta, done }: Extract<NodeUpdate, { type: 'widgetText' }>): JsonObject {
  const value = typeof node['value'] === 'string' ? node['value'] : '';
  return { ...node, value: value + delta, streaming: !done };
}

// Changes of a stream in the JSON of an item, so that the JSON of an item that is never done is what the screen shows.
// JSON of another shape than the protocol's is returned unchanged.

type RawPartUpdate = Extract<ItemUpdate, { type: 'textDelta' | 'partAdded' | 'partDone' | 'annotationAdded' }>;

/** `update.index`: checked by the caller. */
function rawWithPart(raw: Json, update: RawPartUpdate): Json {
  if (!isJsonObject(raw)) return raw;
  const { content } = raw;
  // Some servers send the text of their only part as the content.
  if (typeof content === 'string' && update.type === 'textDelta' && update.index === 0) {
    return { ...raw, content: content + update.delta };
  }
  const parts: Json[] = Array.isArray(content) ? [...(content as readonly Json[])] : [];
  while (parts.length <= update.index) parts.push({ type: 'output_text', text: '', annotations: [] });
  parts[update.index] = rawPart(parts[update.index] ?? null, update);
  return { ...raw, content: parts };
}

function rawPart(part: Json, update: RawPartUpdate): Json {
  if (update.type === 'partAdded' || update.type === 'partDone') return update.raw;
  const before: JsonObject = isJsonObject(part) ? part : { type: 'output_text' };
  if (update.type === 'textDelta') {
    const { text } = before;
    return { ...before, text: (typeof text === 'string' ? text : '') + update.delta };
  }
  return { ...before, annotations: listOf(before['annotations']).toSpliced(update.at, 0, update.raw) };
}

interface TaskChange {
  readonly index: number;
  /** Number of tasks that are replaced: 0 or 1. */
  readonly replaced: number;
  readonly task: Json;
}

function rawWithTask(raw: Json, { index, replaced, task }: TaskChange): Json {
  if (!isJsonObject(raw) || !isJsonObject(raw['workflow'])) return raw;
  const { workflow } = raw;
  return {
    ...raw,
    workflow: { ...workflow, tasks: listOf(workflow['tasks']).toSpliced(index, replaced, task) },
  };
}

function rawWithValue(raw: Json, name: 'widget' | 'image', value: Json): Json {
  return isJsonObject(raw) ? { ...raw, [name]: value } : raw;
}

function listOf(value: Json | undefined): readonly Json[] {
  return Array.isArray(value) ? (value as readonly Json[]) : [];
}

/** Text that is appended to an item: the most frequent change, and the only one that is not sent as a whole item. */
export interface TextDelta {
  readonly itemId: string;
  readonly update: Extract<ItemUpdate, { type: 'textDelta' | 'widgetText' }>;
}

/** Returns the text delta of an event; null for every other event. */
export function textDeltaOf(event: StreamEvent): TextDelta | null {
  if (event.type !== 'itemUpdated') return null;
  const { itemId, update } = event;
  return update.type === 'textDelta' || update.type === 'widgetText' ? { itemId, update } : null;
}

/** No real message has as many parts; an invalid index must not exhaust the memory. */
export const maxPartIndex = 10_000;

/** Returns message parts with a text delta appended; missing parts before it become empty. Unchanged for an invalid index. */
export function appendTextToParts(
  parts: readonly AssistantPart[],
  { index, delta }: { readonly index: number; readonly delta: string },
): readonly AssistantPart[] {
  if (index < 0 || index > maxPartIndex) return parts;
  const changed = [...parts];
  while (changed.length <= index) changed.push({ text: '', annotations: [] });
  const part = changed[index] as AssistantPart;
  changed[index] = { ...part, text: part.text + delta };
  return changed;
}

/** Adds a text delta to a list, in place. It is joined with the last one if both extend the same text. */
export function joinTextDeltas(list: TextDelta[], delta: TextDelta): void {
  const last = list.at(-1);
  const joined = last === undefined ? null : join(last, delta);
  if (joined === null) list.push(delta);
  else list[list.length - 1] = joined;
}

function join(first: TextDelta, second: TextDelta): TextDelta | null {
  if (first.itemId !== second.itemId) return null;
  const [a, b] = [first.update, second.update];
  if (a.type === 'textDelta' && b.type === 'textDelta' && a.index === b.index) {
    return { itemId: first.itemId, update: { ...b, delta: a.delta + b.delta } };
  }
  if (a.type === 'widgetText' && b.type === 'widgetText' && a.componentId === b.componentId) {
    return { itemId: first.itemId, update: { ...b, delta: a.delta + b.delta } };
  }
  return null;
}

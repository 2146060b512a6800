import { isRecord } from '../isRecord.ts';

type Check = (value: unknown) => boolean;

const text: Check = (value) => typeof value === 'string';
const object: Check = isRecord;
const present: Check = (value) => value !== undefined && value !== null;
const boolean: Check = (value) => typeof value === 'boolean';
const index: Check = (value) => Number.isInteger(value) && (value as number) >= 0;

type Shape = Readonly<Record<string, Check>>;

/** Required fields of each event (chatkit-api 5.6); `error` is read by `normaliseError`. */
const events: ReadonlyMap<string, Shape> = new Map<string, Shape>([
  ['thread.created', { thread: object }],
  ['thread.updated', { thread: object }],
  ['thread.item.added', { item: object }],
  ['thread.item.done', { item: object }],
  ['thread.item.replaced', { item: object }],
  ['thread.item.updated', { item_id: text, update: object }],
  ['thread.item.removed', { item_id: text }],
  ['stream_options', { stream_options: object }],
  ['progress_update', { text }],
  ['client_effect', { name: text }],
  ['notice', { level: text, message: text }],
  ['error', {}],
]);

/** Required fields of each update (chatkit-api 5.7), and the type of the items that it changes. */
const updates: ReadonlyMap<string, { readonly itemType: string; readonly shape: Shape }> = new Map([
  [
    'assistant_message.content_part.added',
    { itemType: 'assistant_message', shape: { content_index: index, content: object } },
  ],
  [
    'assistant_message.content_part.text_delta',
    { itemType: 'assistant_message', shape: { content_index: index, delta: text } },
  ],
  [
    'assistant_message.content_part.annotation_added',
    { itemType: 'assistant_message', shape: { content_index: index, annotation_index: index, annotation: object } },
  ],
  [
    'assistant_message.content_part.done',
    { itemType: 'assistant_message', shape: { content_index: index, content: object } },
  ],
  [
    'widget.streaming_text.value_delta',
    { itemType: 'widget', shape: { component_id: text, delta: text, done: boolean } },
  ],
  ['widget.component.updated', { itemType: 'widget', shape: { component_id: text, component: object } }],
  ['widget.root.updated', { itemType: 'widget', shape: { widget: present } }],
  ['workflow.task.added', { itemType: 'workflow', shape: { task_index: index, task: object } }],
  ['workflow.task.updated', { itemType: 'workflow', shape: { task_index: index, task: object } }],
  ['generated_image.updated', { itemType: 'generated_image', shape: { image: object } }],
]);

export const eventTypes: readonly string[] = [...events.keys()];
export const updateTypes: readonly string[] = [...updates.keys()];

export function isEventType(type: string): boolean {
  return events.has(type);
}

export function isUpdateType(type: string): boolean {
  return updates.has(type);
}

/** The type of the items that an update changes; null for an unknown update. */
export function itemTypeOfUpdate(type: string): string | null {
  return updates.get(type)?.itemType ?? null;
}

/** Required fields that an event lacks, or that have another type. Empty for an unknown event. */
export function faultsOfEvent(type: string, event: Readonly<Record<string, unknown>>): readonly string[] {
  return faultsOf(events.get(type) ?? {}, event);
}

/** Required fields that an update lacks, or that have another type. Empty for an unknown update. */
export function faultsOfUpdate(type: string, update: Readonly<Record<string, unknown>>): readonly string[] {
  return faultsOf(updates.get(type)?.shape ?? {}, update);
}

function faultsOf(shape: Shape, value: Readonly<Record<string, unknown>>): readonly string[] {
  return Object.keys(shape).filter((field) => shape[field]?.(value[field]) !== true);
}

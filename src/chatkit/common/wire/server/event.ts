import * as z from 'zod';
import { type Json, isJsonObject } from '../../../../base/common/json.ts';
import type { ItemUpdate, StreamEvent } from '../../stream/events.ts';
import { matcherOf, problemOf } from '../readWith.ts';
import { maxErrorDetail, maxErrorMessage, shortened } from '../../../../base/common/plainText.ts';
import { type Reading, plainReading } from '../reading.ts';
import {
  annotationSchema,
  assistantPartSchema,
  imageSchema,
  taskSchema,
  toAnnotation,
  toAssistantPart,
  toImage,
  toTask,
} from './itemParts.ts';
import { toServerItem } from './item.ts';
import { toServerThread } from './thread.ts';

type UpdateReader = (raw: Json) => ItemUpdate;

function updateReader<Wire>(schema: z.ZodType<Wire>, map: (wire: Wire, raw: Json) => ItemUpdate): UpdateReader {
  const fits = matcherOf(schema);
  return (raw) => {
    if (fits(raw)) return map(raw as Wire, raw);
    const parsed = schema.safeParse(raw);
    return parsed.success
      ? map(parsed.data, raw)
      : { type: 'unknown', wireType: typeOf(raw), problem: problemOf(parsed.error) };
  };
}

const part = z.object({ content_index: z.int(), content: assistantPartSchema });
/** A part that is replaced as a whole: without it, there is nothing to change. */
const node = z.custom<Json>(isJsonObject, 'expected object');
const root = z.custom<Json>((value) => value !== undefined && value !== null, 'is missing');
const task = z.object({ task_index: z.int(), task: taskSchema });
const inner = (raw: Json, name: string): Json => (isJsonObject(raw) ? (raw[name] ?? null) : null);

/** One updateReader per change of chatkit-api 5.7. */
const updateReaders = new Map<string, UpdateReader>([
  [
    'assistant_message.content_part.text_delta',
    updateReader(z.object({ content_index: z.int(), delta: z.string() }), ({ content_index, delta }) => ({
      type: 'textDelta',
      index: content_index,
      delta,
    })),
  ],
  [
    'assistant_message.content_part.added',
    updateReader(part, ({ content_index, content }, raw) => ({
      type: 'partAdded',
      index: content_index,
      part: toAssistantPart(content, inner(raw, 'content')),
      raw: inner(raw, 'content'),
    })),
  ],
  [
    'assistant_message.content_part.done',
    updateReader(part, ({ content_index, content }, raw) => ({
      type: 'partDone',
      index: content_index,
      part: toAssistantPart(content, inner(raw, 'content')),
      raw: inner(raw, 'content'),
    })),
  ],
  [
    'assistant_message.content_part.annotation_added',
    updateReader(
      z.object({ content_index: z.int(), annotation_index: z.int().nullish(), annotation: annotationSchema }),
      ({ content_index, annotation_index, annotation }, raw) => ({
        type: 'annotationAdded',
        index: content_index,
        at: annotation_index ?? Number.MAX_SAFE_INTEGER,
        annotation: toAnnotation(annotation, inner(raw, 'annotation')),
        raw: inner(raw, 'annotation'),
      }),
    ),
  ],
  [
    'widget.streaming_text.value_delta',
    updateReader(
      z.object({ component_id: z.string(), delta: z.string(), done: z.boolean().nullish() }),
      ({ component_id, delta, done }) => ({
        type: 'widgetText',
        componentId: component_id,
        delta,
        done: done ?? false,
      }),
    ),
  ],
  [
    'widget.component.updated',
    updateReader(
      z.object({ component_id: z.string(), component: node, merge: z.boolean().optional() }),
      ({ component_id, merge }, raw) => ({
        type: 'widgetComponent',
        componentId: component_id,
        component: inner(raw, 'component'),
        ...(merge === true ? { merge } : {}),
      }),
    ),
  ],
  [
    'widget.root.updated',
    updateReader(z.object({ widget: root }), (_wire, raw) => ({
      type: 'widgetRoot',
      widget: inner(raw, 'widget'),
    })),
  ],
  [
    'workflow.task.added',
    updateReader(task, (wire, raw) => ({
      type: 'taskAdded',
      index: wire.task_index,
      task: toTask(wire.task, inner(raw, 'task')),
      raw: inner(raw, 'task'),
    })),
  ],
  [
    'workflow.task.updated',
    updateReader(task, (wire, raw) => ({
      type: 'taskUpdated',
      index: wire.task_index,
      task: toTask(wire.task, inner(raw, 'task')),
      raw: inner(raw, 'task'),
    })),
  ],
  [
    'generated_image.updated',
    updateReader(z.object({ image: imageSchema, progress: z.number().nullish() }), ({ image, progress }, raw) => ({
      type: 'image',
      image: toImage(image),
      progress: progress ?? null,
      raw: inner(raw, 'image'),
    })),
  ],
]);

/** Reads one change of an item from a `thread.item.updated` event. Never throws. */
export function toItemUpdate(raw: Json): ItemUpdate {
  const type = typeOf(raw);
  const read = type === null ? undefined : updateReaders.get(type);
  return read === undefined ? { type: 'unknown', wireType: type, problem: null } : read(raw);
}

type Reader = (raw: Json, threadId: string, reading: Reading) => StreamEvent;

function reader<Wire>(
  schema: z.ZodType<Wire>,
  map: (wire: Wire, threadId: string, reading: Reading) => StreamEvent,
): Reader {
  const fits = matcherOf(schema);
  return (raw, threadId, reading) => {
    if (fits(raw)) return map(raw as Wire, threadId, reading);
    const parsed = schema.safeParse(raw);
    return parsed.success ? map(parsed.data, threadId, reading) : unreadable(raw, problemOf(parsed.error));
  };
}

const json = z.custom<Json>((value) => value !== undefined, 'is missing');
const withItem = z.object({ item: json });
const itemId = z.string();

const threadEvent =
  (type: 'threadCreated' | 'threadUpdated'): Reader =>
  (raw, _threadId, reading) => {
    const thread = toServerThread(isJsonObject(raw) ? (raw['thread'] ?? null) : null, reading);
    return thread === null ? unreadable(raw, 'thread: has no id') : { type, thread };
  };

const itemEvent = (type: 'itemAdded' | 'itemDone' | 'itemReplaced'): Reader =>
  reader(withItem, ({ item }, threadId, reading) => ({ type, item: toServerItem(item, threadId, reading) }));

/** One reader per event of chatkit-api 5.6. */
const readers = new Map<string, Reader>([
  ['thread.created', threadEvent('threadCreated')],
  ['thread.updated', threadEvent('threadUpdated')],
  ['thread.item.added', itemEvent('itemAdded')],
  ['thread.item.done', itemEvent('itemDone')],
  ['thread.item.replaced', itemEvent('itemReplaced')],
  [
    'thread.item.updated',
    reader(z.object({ item_id: itemId, update: json }), (wire) => ({
      type: 'itemUpdated',
      itemId: wire.item_id,
      update: toItemUpdate(wire.update),
    })),
  ],
  [
    'thread.item.removed',
    reader(z.object({ item_id: itemId }), (wire) => ({ type: 'itemRemoved', itemId: wire.item_id })),
  ],
  [
    'stream_options',
    reader(z.object({ stream_options: z.object({ allow_cancel: z.boolean().nullish() }) }), (wire) => ({
      type: 'options',
      allowCancel: wire.stream_options.allow_cancel ?? true,
    })),
  ],
  [
    'progress_update',
    reader(z.object({ text: z.string(), icon: z.string().nullish() }), ({ text, icon }) => ({
      type: 'progress',
      text,
      icon: icon ?? null,
    })),
  ],
  [
    'client_effect',
    reader(z.object({ name: z.string(), data: z.unknown().optional() }), ({ name, data }) => ({
      type: 'effect',
      name,
      data: (data ?? {}) as Json,
    })),
  ],
  [
    'notice',
    reader(
      z.object({ level: z.string(), message: z.string(), title: z.string().nullish() }),
      ({ level, message, title }) => ({ type: 'notice', level, message, title: title ?? null }),
    ),
  ],
  [
    'error',
    reader(
      z.object({ code: z.string().nullish(), message: z.string().nullish(), allow_retry: z.boolean().nullish() }),
      ({ code, message, allow_retry }) => ({
        type: 'error',
        code: shortened(code ?? 'custom', maxErrorDetail),
        message: typeof message === 'string' ? shortened(message, maxErrorMessage) : null,
        allowRetry: allow_retry ?? false,
      }),
    ),
  ],
]);

/**
 * One event of a stream (chatkit-api 5.6). Never throws: a newer type, or one that cannot be read, is an `unknown`
 * event. `threadId`: the thread of the command, for items without a thread ID.
 */
export function toStreamEvent(raw: Json, threadId: string, reading: Reading = plainReading): StreamEvent {
  const type = typeOf(raw);
  const read = type === null ? undefined : readers.get(type);
  if (read !== undefined) return read(raw, threadId, reading);
  return { type: 'unknown', wireType: type, problem: type === null ? 'type: expected string' : null };
}

function unreadable(raw: Json, problem: string): StreamEvent {
  return { type: 'unknown', wireType: typeOf(raw), problem };
}

function typeOf(raw: Json): string | null {
  const type = isJsonObject(raw) ? raw['type'] : null;
  return typeof type === 'string' ? type : null;
}

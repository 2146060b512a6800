import * as z from 'zod';
import { isJsonObject, type Json } from '../../../../base/common/json.ts';
import type { ItemUpdate } from '../../stream/events.ts';
import { fitsOf } from '../fits.ts';
import { problemOf } from '../problem.ts';
import { assistantPartSchema, toAssistantPart } from './assistantMessage.ts';
import { imageSchema, toImage } from './generatedImage.ts';
import { annotationSchema, toAnnotation } from './source.ts';
import { taskSchema, toTask } from './task.ts';

type Reader = (raw: Json) => ItemUpdate;

function reader<Wire>(schema: z.ZodType<Wire>, map: (wire: Wire, raw: Json) => ItemUpdate): Reader {
  const fits = fitsOf(schema);
  return (raw) => {
    if (fits(raw)) return map(raw as Wire, raw);
    const parsed = schema.safeParse(raw);
    return parsed.success
      ? map(parsed.data, raw)
      : { type: 'unknown', wireType: typeOf(raw), problem: problemOf(parsed.error) };
  };
}

const part = z.object({ content_index: z.int(), content: assistantPartSchema });
const task = z.object({ task_index: z.int(), task: taskSchema });
const inner = (raw: Json, name: string): Json => (isJsonObject(raw) ? (raw[name] ?? null) : null);

/** One reader per change of chatkit-api 5.7. */
const readers = new Map<string, Reader>([
  [
    'assistant_message.content_part.text_delta',
    reader(z.object({ content_index: z.int(), delta: z.string() }), ({ content_index, delta }) => ({
      type: 'textDelta',
      index: content_index,
      delta,
    })),
  ],
  [
    'assistant_message.content_part.added',
    reader(part, ({ content_index, content }, raw) => ({
      type: 'partAdded',
      index: content_index,
      part: toAssistantPart(content, inner(raw, 'content')),
      raw: inner(raw, 'content'),
    })),
  ],
  [
    'assistant_message.content_part.done',
    reader(part, ({ content_index, content }, raw) => ({
      type: 'partDone',
      index: content_index,
      part: toAssistantPart(content, inner(raw, 'content')),
      raw: inner(raw, 'content'),
    })),
  ],
  [
    'assistant_message.content_part.annotation_added',
    reader(
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
    reader(
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
    reader(z.object({ component_id: z.string(), component: z.unknown() }), ({ component_id }, raw) => ({
      type: 'widgetComponent',
      componentId: component_id,
      component: inner(raw, 'component'),
    })),
  ],
  [
    'widget.root.updated',
    reader(z.object({ widget: z.unknown() }), (_wire, raw) => ({ type: 'widgetRoot', widget: inner(raw, 'widget') })),
  ],
  [
    'workflow.task.added',
    reader(task, (wire, raw) => ({
      type: 'taskAdded',
      index: wire.task_index,
      task: toTask(wire.task, inner(raw, 'task')),
      raw: inner(raw, 'task'),
    })),
  ],
  [
    'workflow.task.updated',
    reader(task, (wire, raw) => ({
      type: 'taskUpdated',
      index: wire.task_index,
      task: toTask(wire.task, inner(raw, 'task')),
      raw: inner(raw, 'task'),
    })),
  ],
  [
    'generated_image.updated',
    reader(z.object({ image: imageSchema, progress: z.number().nullish() }), ({ image, progress }, raw) => ({
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
  const read = type === null ? undefined : readers.get(type);
  return read === undefined ? { type: 'unknown', wireType: type, problem: null } : read(raw);
}

function typeOf(raw: Json): string | null {
  const type = inner(raw, 'type');
  return typeof type === 'string' ? type : null;
}

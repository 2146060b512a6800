import { isJsonObject, type Json, type JsonObject } from '../../../base/common/json.ts';
import type { ItemUpdate } from './events.ts';

// Changes of a stream in the JSON of an item, so that the JSON of an item that is never done is what the screen shows.
// JSON of another shape than the protocol's is returned unchanged.

type PartUpdate = Extract<ItemUpdate, { type: 'textDelta' | 'partAdded' | 'partDone' | 'annotationAdded' }>;

/** `update.index`: checked by the caller. */
export function rawWithPart(raw: Json, update: PartUpdate): Json {
  if (!isJsonObject(raw)) return raw;
  const { content } = raw;
  // Some servers send the text of their only part as the content.
  if (typeof content === 'string' && update.type === 'textDelta' && update.index === 0) {
    return { ...raw, content: content + update.delta };
  }
  const parts: Json[] = Array.isArray(content) ? [...(content as readonly Json[])] : [];
  while (parts.length <= update.index) parts.push({ type: 'output_text', text: '', annotations: [] });
  parts[update.index] = changedPart(parts[update.index] ?? null, update);
  return { ...raw, content: parts };
}

function changedPart(part: Json, update: PartUpdate): Json {
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

export function rawWithTask(raw: Json, { index, replaced, task }: TaskChange): Json {
  if (!isJsonObject(raw) || !isJsonObject(raw['workflow'])) return raw;
  const { workflow } = raw;
  return {
    ...raw,
    workflow: { ...workflow, tasks: listOf(workflow['tasks']).toSpliced(index, replaced, task) },
  };
}

export function rawWithValue(raw: Json, name: 'widget' | 'image', value: Json): Json {
  return isJsonObject(raw) ? { ...raw, [name]: value } : raw;
}

function listOf(value: Json | undefined): readonly Json[] {
  return Array.isArray(value) ? (value as readonly Json[]) : [];
}

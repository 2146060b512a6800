import * as z from 'zod';
import { isJsonObject, type Json } from '../../json.ts';
import type { ThreadItem, UnknownItem } from '../../model/item.ts';
import { standInId } from '../ids.ts';
import { problemOf } from '../problem.ts';
import { timeToMs } from '../time.ts';
import { assistantMessageSchema, toAssistantMessage } from './assistantMessage.ts';
import type { ItemContext } from './base.ts';
import { clientToolCallSchema, toClientToolCall } from './clientToolCall.ts';
import { taskGroupSchema, taskSchema, toTaskGroup, toTaskItem } from './task.ts';
import { toUserMessage, userMessageSchema } from './userMessage.ts';
import { toWidget, widgetSchema } from './widget.ts';

type ItemReader = (context: ItemContext) => ThreadItem;

function reader<T>(schema: z.ZodType<T>, map: (wire: T, context: ItemContext) => ThreadItem): ItemReader {
  return (context) => {
    const parsed = schema.safeParse(context.raw);
    return parsed.success ? map(parsed.data, context) : unknownItem(context, problemOf(parsed.error));
  };
}

/**
 * One reader per type of chatkit-api 4, by the type's name without its prefix. Looking the type up and then checking
 * against one schema is what keeps 100,000 items cheap: a union would try several and build errors for each.
 */
const readers = {
  user_message: reader(userMessageSchema, toUserMessage),
  assistant_message: reader(assistantMessageSchema, toAssistantMessage),
  widget: reader(widgetSchema, toWidget),
  client_tool_call: reader(clientToolCallSchema, toClientToolCall),
  task: reader(taskSchema, toTaskItem),
  task_group: reader(taskGroupSchema, toTaskGroup),
};
export type OpenAiItemType = keyof typeof readers;

const prefix = 'chatkit.';
const readerByType = new Map<string, ItemReader>(Object.entries(readers));

/**
 * One thread item of the REST API (chatkit-api 4) as our model. Never throws: an item of an unknown type, or one whose
 * shape cannot be read, becomes an `unknown` item. Names without the `chatkit.` prefix are read too (old samples).
 * `threadId` is the thread that was asked for; it serves where the item does not say.
 */
export function toItem(raw: Json, threadId: string): ThreadItem {
  const context = { raw, threadId };
  if (!isJsonObject(raw)) return unknownItem(context, 'expected object');
  if (typeof raw['type'] !== 'string') return unknownItem(context, 'type: expected string');
  const type = raw['type'];
  const read = readerByType.get(type.startsWith(prefix) ? type.slice(prefix.length) : type);
  return read === undefined ? unknownItem(context, null) : read(context);
}

function unknownItem({ raw, threadId }: ItemContext, problem: string | null): UnknownItem {
  const fields = isJsonObject(raw) ? raw : {};
  const { id, type, thread_id: ownThreadId } = fields;
  return {
    kind: 'unknown',
    id: typeof id === 'string' && id !== '' ? id : standInId(raw),
    threadId: typeof ownThreadId === 'string' ? ownThreadId : threadId,
    createdAt: timeToMs(fields['created_at']),
    raw,
    wireType: typeof type === 'string' ? type : null,
    problem: problem ?? (typeof id === 'string' && id !== '' ? null : 'id: expected string'),
  };
}

import type { Json } from '../../../../base/common/json.ts';
import type { ThreadItem } from '../../model/item.ts';
import { itemReader, readItem, type ItemProtocol } from '../itemReader.ts';
import { plainReading, type Reading } from '../reading.ts';
import { assistantMessageSchema, toAssistantMessage } from './assistantMessage.ts';
import { prepareItem } from '../prepareItem.ts';
import { checkItem } from './checkItem.ts';
import { clientToolCallSchema, toClientToolCall } from './clientToolCall.ts';
import { taskGroupSchema, taskSchema, toTaskGroup, toTaskItem } from './task.ts';
import { toUserMessage, userMessageSchema } from './userMessage.ts';
import { toWidget, widgetSchema } from './widget.ts';

/**
 * One reader per type of chatkit-api 4, by the type's name without its prefix. Looking the type up and then checking
 * against one schema is what keeps 100,000 items cheap: a union would try several and build errors for each.
 */
const readers = {
  user_message: itemReader(userMessageSchema, toUserMessage),
  assistant_message: itemReader(assistantMessageSchema, toAssistantMessage),
  widget: itemReader(widgetSchema, toWidget),
  client_tool_call: itemReader(clientToolCallSchema, toClientToolCall),
  task: itemReader(taskSchema, toTaskItem),
  task_group: itemReader(taskGroupSchema, toTaskGroup),
};
export type OpenAiItemType = keyof typeof readers;

const protocol: ItemProtocol = {
  readers: new Map(Object.entries(readers)),
  prefixed: true,
  prepare: prepareItem,
  check: checkItem,
};

/**
 * One thread item of the REST API (chatkit-api 4) as our model. Never throws: an item of an unknown type, or one whose
 * shape cannot be read, becomes an `unknown` item. Names without the `chatkit.` prefix are read too (old samples).
 * `threadId` is the requested thread, which is used if the item has no thread ID.
 */
export function toItem(raw: Json, threadId: string, reading: Reading = plainReading): ThreadItem {
  return readItem(protocol, { raw, threadId, reading });
}

import type { Json } from '../../../../base/common/json.ts';
import type { ThreadItem } from '../../model/item.ts';
import { itemReader, readItem, type ItemProtocol } from '../itemReader.ts';
import { withItemType, withProtocolKeys } from '../protocolKeys.ts';
import { plainReading, type Reading } from '../reading.ts';
import { clientToolCallSchema, toClientToolCall } from '../openai/clientToolCall.ts';
import { assistantMessageSchema, toAssistantMessage } from './assistantMessage.ts';
import { checkItem } from './checkItem.ts';
import { generatedImageSchema, toGeneratedImage } from './generatedImage.ts';
import { prepareItem } from '../prepareItem.ts';
import { structuredInputSchema, toStructuredInput } from './structuredInput.ts';
import { taskItemSchema, toTaskItem, toWorkflowItem, workflowItemSchema } from './task.ts';
import { toUserMessage, userMessageSchema } from './userMessage.ts';
import { toWidget, widgetSchema } from './widget.ts';

const readers: ItemProtocol['readers'] = new Map(
  Object.entries({
    user_message: itemReader(userMessageSchema, toUserMessage),
    assistant_message: itemReader(assistantMessageSchema, toAssistantMessage),
    widget: itemReader(widgetSchema, toWidget),
    // Differs from the hosted one only in that arguments and output are values, which its reader takes as well.
    client_tool_call: itemReader(clientToolCallSchema, toClientToolCall),
    task: itemReader(taskItemSchema, toTaskItem),
    workflow: itemReader(workflowItemSchema, toWorkflowItem),
    generated_image: itemReader(generatedImageSchema, toGeneratedImage),
    structured_input: itemReader(structuredInputSchema, toStructuredInput),
  }),
);

const protocol: ItemProtocol = { readers, prefixed: false, prepare: prepareItem, check: checkItem };

/**
 * One thread item of a self-hosted server (chatkit-api 5.5) as our model, in either dialect: nulls left out or written,
 * times naive or zoned. Never throws: see `readItem`. Markers such as `end_of_turn` become `unknown` items too.
 */
export function toServerItem(raw: Json, threadId: string, reading: Reading = plainReading): ThreadItem {
  const keyed = withItemType(withProtocolKeys(raw, reading.report), reading.report);
  const item = readItem(protocol, { raw: keyed, threadId, reading });
  return keyed === raw ? item : { ...item, raw };
}

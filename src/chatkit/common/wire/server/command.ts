import type { Json, JsonObject } from '../../../../base/common/json.ts';
import type { StreamCommand, UserInput, WidgetAction } from '../../stream/conversationApi.ts';

/** A command as it is posted (chatkit-api 5.1): `params` is present even if it is empty. */
export interface WireCommand {
  readonly type: string;
  readonly params: JsonObject;
}

/** A streaming command in the words of the protocol (chatkit-api 5.3). */
export function toWireCommand(command: StreamCommand): WireCommand {
  switch (command.type) {
    case 'createThread':
      return { type: 'threads.create', params: { input: toWireInput(command.input) } };
    case 'addUserMessage': {
      const params = { thread_id: command.threadId, input: toWireInput(command.input) };
      return { type: 'threads.add_user_message', params };
    }
    case 'addToolOutput': {
      const params = { thread_id: command.threadId, result: command.result };
      return { type: 'threads.add_client_tool_output', params };
    }
    case 'answerForm': {
      const { threadId, itemId, status, answers } = command;
      const input = { status, answers: answers as unknown as Json };
      return { type: 'threads.add_structured_input', params: { thread_id: threadId, item_id: itemId, input } };
    }
    case 'retryAfter': {
      const params = { thread_id: command.threadId, item_id: command.itemId };
      return { type: 'threads.retry_after_item', params };
    }
    case 'customAction':
      return { type: 'threads.custom_action', params: toWireAction(command.action) };
  }
}

/** The parameters of both action commands: of an action only type and payload travel (chatkit-api 6.6). */
export function toWireAction({ threadId, itemId, type, payload }: WidgetAction): JsonObject {
  return { thread_id: threadId, ...(itemId === null ? {} : { item_id: itemId }), action: { type, payload } };
}

function toWireInput({ content, attachments, quotedText, model, toolChoice }: UserInput): JsonObject {
  return {
    content: content.map((part) =>
      part.type === 'text'
        ? { type: 'input_text', text: part.text }
        : {
            type: 'input_tag',
            id: part.id,
            text: part.text,
            data: part.data,
            ...(part.group === undefined ? {} : { group: part.group }),
          },
    ),
    attachments,
    ...(quotedText === null ? {} : { quoted_text: quotedText }),
    inference_options: {
      ...(model === null ? {} : { model }),
      ...(toolChoice === null ? {} : { tool_choice: { id: toolChoice } }),
    },
  };
}

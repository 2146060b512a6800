import { RpcError, type RpcHandlers } from '../../base/common/rpc.ts';
import type { Json } from '../../base/common/json.ts';
import { toSourceError } from '../../chatkit/common/errors.ts';
import { type ThreadItem, userText } from '../../chatkit/common/model/item.ts';
import { wireId } from '../../chatkit/common/store/itemWindows.ts';
import { itemsIn, type ThreadStore } from '../../chatkit/common/store/types.ts';
import { type StreamCommand, syncActionTimeoutMs } from '../../chatkit/common/stream/conversationApi.ts';
import { runCommand } from '../../chatkit/vscode/commands.ts';
import { presentError, serverMessage } from '../../chatkit/vscode/present.ts';
import type { Services } from '../../connections/vscode/services.ts';
import type { ResponseStream } from '../../conversation/vscode/responseStream.ts';
import type { InspectorHost } from '../common/protocol.ts';
import type { ConversationHost } from '../../conversation/common/protocol.ts';
import { requireConversation } from './conversationController.ts';
import type { ThreadController } from './threadController.ts';
import { ToolOutputs } from './toolOutputs.ts';

interface ConversationHandlerOptions {
  readonly services: Services;
  /** Returns null when the panel no longer shows the thread. */
  readonly controllerOf: (threadId: string) => ThreadController | null;
  /** Throws `SourceError` `cancelled` when the panel no longer shows the thread. */
  readonly requireController: (threadId: string) => ThreadController;
  /** Throws `SourceError` `notFound` when the item is not loaded. */
  readonly requireItem: (threadId: string, itemId: string) => ThreadItem;
  /** Shows the latest change of a widget. */
  readonly compareWidget: (item: ThreadItem) => Promise<void>;
  /** See `SendAgain.toggle`. */
  readonly sendAgain: (on: boolean) => void;
}

type Methods = keyof ConversationHost | 'feedback' | 'widgetAction';

/** Number of items at the end that are read again after an output or a form: the server changes the completed item without an event. */
const recheckedItems = 20;

/** Handles a page's requests that send something to the server. A stream that fails is reported by its conversation. */
export function createConversationHandlers(
  options: ConversationHandlerOptions,
): Pick<RpcHandlers<InspectorHost>, Methods> {
  const { services, controllerOf, requireController, requireItem, sendAgain, compareWidget } = options;
  const { connections } = services;
  const outputs = new ToolOutputs(services.context.globalState);

  const conversationOf = (threadId: string) => requireConversation(controllerOf(threadId)?.conversation);
  const sendCommand = (threadId: string, command: StreamCommand): ResponseStream =>
    requireConversation(requireController(threadId).conversation).conversation.sendCommand(command);
  const complete = async (threadId: string, command: StreamCommand): Promise<{ sent: boolean }> => {
    const { store } = requireController(threadId).target;
    const response = sendCommand(threadId, command);
    await Promise.race([response.ended, firstEvent(response)]);
    if (response.end?.reason === 'failed' && response.eventCount === 0) return { sent: false };
    // Best effort and not awaited: following or a refresh shows the change too.
    store.pollNewer(threadId, recheckedItems, AbortSignal.timeout(60_000)).catch(() => undefined);
    return { sent: true };
  };

  return {
    sendMessage: ({ threadId, text, quote, mentions }) => conversationOf(threadId).sendMessage(text, quote, mentions),
    transcribe: async ({ threadId, recording }) => ({ text: await conversationOf(threadId).transcribe(recording) }),
    // The page does not offer this if the server does not allow it.
    stop: ({ threadId }) => void conversationOf(threadId).conversation.stopForUser(),
    retry: ({ threadId }) => conversationOf(threadId).retry(),
    resolveConversationError: async ({ threadId }) => {
      await conversationOf(threadId).resolveError();
    },
    retryFrom: async ({ threadId, itemId }) => {
      const ref = controllerOf(threadId)?.target.ref;
      if (ref !== undefined) await runCommand('chatkit.retryFromHere', { ...ref, itemId });
    },
    sendAgain: ({ threadId, on }) => {
      if (controllerOf(threadId)?.conversation != null) sendAgain(on);
    },
    compareWidget: ({ threadId, itemId }) => compareWidget(requireItem(threadId, itemId)),
    forkFrom: async ({ threadId, itemId }) => {
      const { ref } = requireController(threadId).target;
      await runCommand('chatkit.forkFromHere', { ...ref, itemId: wireId(requireItem(threadId, itemId)) });
    },
    dismiss: ({ threadId }) => conversationOf(threadId).conversation.dismiss(),
    draft: ({ threadId, text, quote }) => conversationOf(threadId).conversation.draft.write(text, quote),
    messageHistory: ({ threadId }) => ({ texts: messageTexts(requireController(threadId).target.store, threadId) }),
    attach: ({ threadId }) => conversationOf(threadId).attach(),
    detach: ({ threadId, key }) => conversationOf(threadId).detach(key),
    options: ({ threadId, model, tool }) => conversationOf(threadId).setOptions(model, tool),
    feedback: async ({ threadId, itemId, kind }) => {
      const target = { ...requireController(threadId).target.ref, itemId, kind };
      return { sent: (await runCommand('chatkit.sendFeedback', target)) === true };
    },
    lastOutput: ({ threadId, tool }) => ({
      json: outputs.last(requireController(threadId).target.ref.connectionId, tool),
    }),
    answerTool: async ({ threadId, itemId, json }) => {
      const item = requireItem(threadId, itemId);
      const { connectionId } = requireController(threadId).target.ref;
      const result = await complete(threadId, { type: 'addToolOutput', threadId, result: JSON.parse(json) as Json });
      if (result.sent && item.kind === 'client_tool_call') await outputs.remember(connectionId, item.name, json);
      return result;
    },
    answerForm: async ({ threadId, itemId, status, answers }) => {
      const item = requireItem(threadId, itemId);
      return complete(threadId, { type: 'answerForm', threadId, itemId: wireId(item), status, answers });
    },
    widgetAction: async ({ threadId, itemId, type, payload, streaming }) => {
      const action = { threadId, itemId: wireId(requireItem(threadId, itemId)), type, payload: payload as Json };
      if (streaming) {
        await sendCommand(threadId, { type: 'customAction', action }).ended;
        return;
      }
      const { store, ref, connection } = requireController(threadId).target;
      try {
        const { conversation: api } = connections.source(ref.connectionId);
        const item = await api?.syncAction(action, AbortSignal.timeout(syncActionTimeoutMs));
        if (item) store.putItem(threadId, item);
      } catch (thrown) {
        const error = toSourceError(thrown);
        const { message } = presentError(error, connection === undefined ? {} : { connection });
        services.log.error(message, error);
        throw new RpcError({ kind: error.kind, message: `${message} ${serverMessage(error)}`.trim() });
      }
    },
  };
}

/** Most messages of the history, and the length of a message that is offered, in characters. */
const maxHistory = 50;
const maxHistoryText = 20_000;

/** Texts of the loaded user messages, newest first, each once. */
function messageTexts(store: ThreadStore, threadId: string): readonly string[] {
  const items = itemsIn(store.items(threadId));
  const texts = items.flatMap((item) => (item.kind === 'user_message' ? userText(item) : []));
  const fitting = texts.filter((text) => text !== '' && text.length <= maxHistoryText);
  return [...new Set(fitting.toReversed())].slice(0, maxHistory);
}

async function firstEvent(response: ResponseStream): Promise<void> {
  if (response.eventCount === 0) await new Promise<void>((resolve) => void response.onDidReceive(() => resolve()));
}

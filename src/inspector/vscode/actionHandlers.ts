import { toSourceError } from '../../chatkit/common/errors.ts';
import type { Json } from '../../base/common/json.ts';
import type { ThreadItem } from '../../chatkit/common/model/item.ts';
import { wireId } from '../../chatkit/common/store/duplicates.ts';
import type { StreamCommand } from '../../chatkit/common/stream/conversationApi.ts';
import { runCommand } from '../../chatkit/vscode/commands.ts';
import { serverMessage, presentError } from '../../chatkit/vscode/present.ts';
import type { InspectorHost } from '../common/protocol.ts';
import { RpcError, type RpcHandlers } from '../../base/common/rpc.ts';
import type { Services } from '../../connections/vscode/services.ts';
import type { ResponseStream } from '../../conversation/vscode/responseStream.ts';
import { needTalk } from './conversationController.ts';
import type { ThreadController } from './threadController.ts';
import { ToolOutputs } from './toolOutputs.ts';

export interface ActHandlerParts {
  readonly services: Services;
  /** Both throw `SourceError` for what the panel does not show. */
  readonly need: (threadId: string) => ThreadController;
  readonly needItem: (threadId: string, itemId: string) => ThreadItem;
}

type ActMethod = 'feedback' | 'lastOutput' | 'answerTool' | 'answerForm' | 'widgetAction';

/** Items at the end that are read again after an answer: the server changes the answered one without saying so. */
const readAgain = 20;
/** The longest that a synchronous action may take, ms. */
const longestAction = 120_000;

/** What a page may do to its thread, apart from talking. How a stream ends badly, the talk says. */
export function createActHandlers(parts: ActHandlerParts): Pick<RpcHandlers<InspectorHost>, ActMethod> {
  const { services, need, needItem } = parts;
  const { connections } = services;
  const outputs = new ToolOutputs(services.context.globalState);

  const start = (threadId: string, command: StreamCommand): ResponseStream =>
    needTalk(need(threadId).talk).run(command);
  const answer = async (threadId: string, command: StreamCommand): Promise<{ sent: boolean }> => {
    const { store } = need(threadId).target;
    const run = start(threadId, command);
    await Promise.race([run.ended, firstEvent(run)]);
    if (run.end?.reason === 'failed' && run.eventCount === 0) return { sent: false };
    // Not waited for, and no matter if it fails: following or a refresh shows it too.
    store.pollNewer(threadId, readAgain, AbortSignal.timeout(60_000)).catch(() => undefined);
    return { sent: true };
  };

  return {
    feedback: async ({ threadId, itemId, kind }) => {
      const target = { ...need(threadId).target.ref, itemId, kind };
      return { sent: (await runCommand('chatkit.sendFeedback', target)) === true };
    },
    lastOutput: ({ threadId, tool }) => ({ json: outputs.last(need(threadId).target.ref.connectionId, tool) }),
    answerTool: async ({ threadId, itemId, json }) => {
      const item = needItem(threadId, itemId);
      const { connectionId } = need(threadId).target.ref;
      const result = await answer(threadId, { type: 'addToolOutput', threadId, result: JSON.parse(json) as Json });
      if (result.sent && item.kind === 'client_tool_call') await outputs.keep(connectionId, item.name, json);
      return result;
    },
    answerForm: async ({ threadId, itemId, status, answers }) => {
      const item = needItem(threadId, itemId);
      return answer(threadId, { type: 'answerForm', threadId, itemId: wireId(item), status, answers });
    },
    widgetAction: async ({ threadId, itemId, type, payload, streaming }) => {
      const action = { threadId, itemId: wireId(needItem(threadId, itemId)), type, payload: payload as Json };
      if (streaming) {
        await start(threadId, { type: 'customAction', action }).ended;
        return;
      }
      const { store, ref, connection } = need(threadId).target;
      try {
        const { conversation: talk } = connections.source(ref.connectionId);
        const item = await talk?.syncAction(action, AbortSignal.timeout(longestAction));
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

async function firstEvent(run: ResponseStream): Promise<void> {
  if (run.eventCount === 0) await new Promise<void>((resolve) => void run.onDidReceive(() => resolve()));
}

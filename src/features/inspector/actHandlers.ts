import { SourceError } from '../../domain/errors.ts';
import type { Json } from '../../domain/json.ts';
import type { ThreadItem } from '../../domain/model/item.ts';
import { wireId } from '../../domain/store/duplicates.ts';
import type { StreamCommand } from '../../domain/stream/talkSource.ts';
import { runCommand } from '../../host/commands.ts';
import { presentError } from '../../host/present.ts';
import type { InspectorHost } from '../../protocol/inspector.ts';
import { RpcError, type RpcHandlers } from '../../protocol/rpc.ts';
import type { Services } from '../services.ts';
import type { TalkRun } from '../talk/talkRun.ts';
import type { Talks } from '../talk/talks.ts';
import type { InspectorSession } from './session.ts';
import { ToolOutputs } from './toolOutputs.ts';

export interface ActHandlerParts {
  readonly services: Services;
  readonly talks: Talks;
  /** Both throw `SourceError` for what the panel does not show. */
  readonly need: (threadId: string) => InspectorSession;
  readonly needItem: (threadId: string, itemId: string) => ThreadItem;
}

type ActMethod = 'feedback' | 'lastOutput' | 'answerTool' | 'answerForm' | 'widgetAction';

/** Items at the end that are read again after an answer: the server changes the answered one without saying so. */
const readAgain = 20;

/** What a page may do to its thread, apart from talking. */
export function createActHandlers(parts: ActHandlerParts): Pick<RpcHandlers<InspectorHost>, ActMethod> {
  const { services, talks, need, needItem } = parts;
  const { connections } = services;
  const outputs = new ToolOutputs(services.context.globalState);

  /** Starts a run; what cannot be sent is said in words. */
  const start = (threadId: string, command: StreamCommand): TalkRun => {
    try {
      return talks.run(need(threadId).target.ref, command);
    } catch (error) {
      throw inWords(error, parts, threadId);
    }
  };
  /** Throws where the server took nothing; once the first event has come, what goes wrong is the stream's to say. */
  const taken = async (threadId: string, run: TalkRun): Promise<void> => {
    const end = await Promise.race([run.ended, firstEvent(run)]);
    if (end?.reason === 'failed' && run.eventCount === 0) throw inWords(end.error, parts, threadId);
  };
  const answer = async (threadId: string, command: StreamCommand): Promise<void> => {
    const { store, ref } = need(threadId).target;
    await taken(threadId, start(threadId, command));
    // Not waited for, and no matter if it fails: following or a refresh shows it too.
    store.pollNewer(ref.threadId, readAgain, AbortSignal.timeout(60_000)).catch(() => undefined);
  };

  return {
    feedback: async ({ threadId, itemId, kind }) => {
      const target = { ...need(threadId).target.ref, itemId, kind };
      return { sent: (await runCommand('chatkit.sendFeedback', target)) === true };
    },
    lastOutput: ({ threadId, tool }) => ({ json: outputs.last(need(threadId).target.ref.connectionId, tool) }),
    answerTool: async ({ threadId, itemId, json }) => {
      const item = needItem(threadId, itemId);
      await answer(threadId, { type: 'addToolOutput', threadId, result: JSON.parse(json) as Json });
      const { connectionId } = need(threadId).target.ref;
      if (item.kind === 'client_tool_call') await outputs.keep(connectionId, item.name, json);
    },
    answerForm: async ({ threadId, itemId, status, answers }) => {
      const item = needItem(threadId, itemId);
      await answer(threadId, { type: 'answerForm', threadId, itemId: wireId(item), status, answers });
    },
    widgetAction: async ({ threadId, itemId, type, payload, streaming }) => {
      const action = { threadId, itemId: wireId(needItem(threadId, itemId)), type, payload: payload as Json };
      if (streaming) {
        const run = start(threadId, { type: 'act', action });
        await run.ended;
        return taken(threadId, run);
      }
      const { store, ref } = need(threadId).target;
      try {
        const { talk } = connections.source(ref.connectionId);
        const item = (await talk?.actAtOnce(action, AbortSignal.timeout(120_000))) ?? null;
        if (item !== null) store.putItem(threadId, item);
      } catch (error) {
        throw inWords(error, parts, threadId);
      }
    },
  };
}

async function firstEvent(run: TalkRun): Promise<undefined> {
  if (run.eventCount > 0) return;
  await new Promise<void>((resolve) => run.onDidReceive(() => resolve()));
}

/** An error as the control shows it that was pressed: our sentence, and the server's own words after it. */
function inWords(error: unknown, { services, need }: ActHandlerParts, threadId: string): unknown {
  const { connection } = need(threadId).target;
  if (!(error instanceof Error) || !('kind' in error)) return error;
  const source = error as SourceError;
  const { message } = presentError(source, connection === undefined ? {} : { connection });
  services.log.error(message, error);
  const said = source.details.excerpt === undefined ? '' : ` ${source.message}`;
  return new RpcError({ kind: source.kind, message: `${message}${said}` });
}

import { SourceError } from '../../../chatkit/common/errors.ts';
import { runCommand } from '../../../chatkit/vscode/commands.ts';
import { toEventViews, type EventLogHost } from '../../../eventLog/common/protocol.ts';
import type { RpcHandlers } from '../../../base/common/rpc.ts';
import { jsonForPage } from '../itemJson.ts';
import type { ThreadController } from '../threadController.ts';

/** What a page may ask about what streamed. `need`: the session of a thread, unless the panel shows another by now. */
export function createLogHandlers(need: (threadId: string) => ThreadController): RpcHandlers<EventLogHost> {
  return {
    events: ({ threadId, runId, from }) => toEventViews(need(threadId).log.run(runId), from),
    eventJson: ({ threadId, runId, index }) => {
      const raw = need(threadId).log.run(runId).events[index]?.raw;
      if (raw === undefined) throw new SourceError('notFound', 'Its JSON is no longer kept.', { nextStep: 'none' });
      return jsonForPage(raw);
    },
    saveResponse: async ({ threadId, runId }) => {
      await runCommand('chatkit.saveStream', { ...need(threadId).target.ref, runId });
    },
    replay: ({ threadId, to }) => need(threadId).log.log?.replay?.control(to),
  };
}

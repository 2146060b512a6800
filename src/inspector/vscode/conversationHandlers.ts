import { runCommand } from '../../chatkit/vscode/commands.ts';
import type { RpcHandlers } from '../../base/common/rpc.ts';
import type { ConversationHost } from '../../conversation/common/protocol.ts';
import { needTalk } from './conversationController.ts';
import type { ThreadController } from './threadController.ts';

/** What a page may ask about talking. */
export function createConversationHandlers(
  session: (threadId: string) => ThreadController | null,
): Omit<RpcHandlers<ConversationHost>, 'lastOutput' | 'answerTool' | 'answerForm'> {
  const talk = (threadId: string) => needTalk(session(threadId)?.talk);
  return {
    sendMessage: ({ threadId, text, quote }) => talk(threadId).say(text, quote),
    stop: ({ threadId }) => talk(threadId).stop(),
    retry: ({ threadId }) => talk(threadId).retry(),
    resolveConversationError: async ({ threadId }) => {
      await talk(threadId).cure();
    },
    retryFrom: async ({ threadId, itemId }) => {
      const ref = session(threadId)?.target.ref;
      if (ref !== undefined) await runCommand('chatkit.retryFromHere', { ...ref, itemId });
    },
    dismiss: ({ threadId }) => talk(threadId).dismiss(),
    draft: ({ threadId, text, quote }) => talk(threadId).write(text, quote),
    attach: ({ threadId }) => talk(threadId).attach(),
    detach: ({ threadId, key }) => talk(threadId).detach(key),
    options: ({ threadId, model, tool }) => talk(threadId).choose(model, tool),
  };
}

import type { StreamCommand } from '../../chatkit/common/stream/conversationApi.ts';
import type { ThreadItems } from '../../chatkit/common/store/types.ts';
import type { ResponseStream } from './responseStream.ts';

/**
 * Returns the command that repeats a failed one; null if there is none. A message that the server may have accepted is
 * never sent twice: instead, the command requests a new response to the last user message.
 */
export function retryCommand(
  { command, state, eventCount, threadId }: Pick<ResponseStream, 'command' | 'state' | 'eventCount' | 'threadId'>,
  { windows }: Pick<ThreadItems, 'windows'>,
): StreamCommand | null {
  if (command.type === 'retryAfter' || command.type === 'customAction') return command;
  const sent = state.items.find(({ kind }) => kind === 'user_message');
  const isMessage = command.type === 'createThread' || command.type === 'addUserMessage';
  // A message that did not arrive was restored in the composer, where the user can edit and send it again.
  if (isMessage && sent === undefined) return null;
  if (!isMessage && eventCount === 0) return command;
  const lastUserMessage = sent ?? windows.at(-1)?.items.findLast(({ kind }) => kind === 'user_message');
  if (threadId === null || lastUserMessage === undefined) return null;
  return { type: 'retryAfter', threadId, itemId: lastUserMessage.id };
}

import type { StreamCommand } from '../../chatkit/common/stream/conversationApi.ts';
import type { ThreadItems } from '../../chatkit/common/store/types.ts';
import type { ResponseStream } from './responseStream.ts';

/**
 * The command that tries again what did not end well; null where none can. What the server may have taken is not sent a
 * second time: it is asked for another answer to the last user message instead.
 */
export function commandAgain(
  { command, state, eventCount, threadId }: Pick<ResponseStream, 'command' | 'state' | 'eventCount' | 'threadId'>,
  { windows }: Pick<ThreadItems, 'windows'>,
): StreamCommand | null {
  if (command.type === 'retryAfter' || command.type === 'customAction') return command;
  const sent = state.items.find(({ kind }) => kind === 'user_message');
  const isMessage = command.type === 'createThread' || command.type === 'addUserMessage';
  // A message that did not arrive is back in the composer, where it can be sent again as it is, or better.
  if (isMessage && sent === undefined) return null;
  if (!isMessage && eventCount === 0) return command;
  const asked = sent ?? windows.at(-1)?.items.findLast(({ kind }) => kind === 'user_message');
  if (threadId === null || asked === undefined) return null;
  return { type: 'retryAfter', threadId, itemId: asked.id };
}

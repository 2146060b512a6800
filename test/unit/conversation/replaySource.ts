// A server that answers as in a thread: after each message, output or form it sends the items that followed it there.
import type { ThreadItem } from '../../../src/chatkit/common/model/item.ts';
import type { Thread } from '../../../src/chatkit/common/model/thread.ts';
import type { StreamEvent } from '../../../src/chatkit/common/stream/events.ts';
import type { StreamCommand, ConversationApi } from '../../../src/chatkit/common/stream/conversationApi.ts';
import type { ThreadSource } from '../../../src/chatkit/common/threadSource.ts';
import { everything } from './bench.ts';

const starts = (item: ThreadItem): boolean => item.kind === 'user_message';
const isAnswered = (item: ThreadItem): boolean =>
  (item.kind === 'client_tool_call' && item.status === 'completed') ||
  (item.kind === 'structured_input' && (item.status === 'answered' || item.status === 'skipped'));

function asked(item: ThreadItem): ThreadItem {
  if (item.kind === 'client_tool_call') return { ...item, status: 'open', output: { form: 'absent' } };
  return item.kind === 'structured_input' ? { ...item, status: 'pending' } : item;
}

/** The responses of a thread, one for each thing that its user did. */
function responsesOf(items: readonly ThreadItem[]): readonly (readonly ThreadItem[])[] {
  const responses: ThreadItem[][] = [];
  for (const item of items) {
    if (starts(item)) responses.push([]);
    responses.at(-1)?.push(asked(item));
    if (isAnswered(item)) responses.push([]);
  }
  return responses;
}

/** Every run gets ids of its own. */
export function replaySource(thread: Thread, items: readonly ThreadItem[]): ThreadSource {
  const responses = responsesOf(items);
  let runs = 0;
  let at = 0;
  let id = '';
  const newId = (old: string) => `${old}_run_${runs}`;
  const send = async function* (command: StreamCommand) {
    const created = command.type === 'createThread';
    if (created) {
      runs += 1;
      at = 0;
      id = newId(thread.id);
    }
    const events: readonly StreamEvent[] = [
      ...(created ? [{ type: 'threadCreated', thread: { ...thread, id } } as const] : []),
      ...(responses[at] ?? []).map((item): StreamEvent => ({
        type: 'itemDone',
        item: { ...item, id: newId(item.id), threadId: id },
      })),
    ];
    at += 1;
    yield events.map((event, index) => ({ at: index, bytes: 10, raw: {}, event }));
  };
  return {
    capabilities: everything,
    cursors: 'opaque',
    getThread: async () => ({ ...thread, id }),
    listItems: async () => ({
      data: items.map((item) => ({ ...item, id: newId(item.id), threadId: id })),
      hasMore: false,
      next: null,
    }),
    conversation: {
      send,
      supports: () => true,
      upload: async ({ name, mimeType }) => ({ id: 'file_1', type: 'file', name, mimeType, previewUrl: null }),
    } as Partial<ConversationApi> as ConversationApi,
  } as Partial<ThreadSource> as ThreadSource;
}

import { UnknownCursor, slice } from '../model/sequence.ts';
import type { StoredThread, Threads } from '../store/store.ts';
import type { ServerAttachment, ServerItem, ServerPage, ServerThread } from '../model/serverTypes.ts';
import { executeSyncAction } from './agent/actions.ts';
import { type JsonCommand, ServerFailure } from './protocol/commands.ts';
import { isHidden, serverItem, serverThread } from './protocol/fromStore.ts';
import type { Uploads } from './uploads.ts';

interface PageParams {
  readonly limit?: number | null | undefined;
  readonly order: 'asc' | 'desc';
  readonly after?: string | null | undefined;
}

interface CommandContext {
  readonly threads: Threads;
  readonly uploads: Uploads;
  /** End user whose conversations are visible; null = all users. */
  readonly user: string | null;
}

type Reply =
  | ServerThread
  | ServerPage<ServerThread>
  | ServerPage<ServerItem>
  | ServerAttachment
  | { text: string }
  | { updated_item?: ServerItem }
  | Record<string, never>;

/** Executes a command whose response is JSON (chatkit-api 5.3). Throws `ServerFailure`. */
export function executeJsonCommand(command: JsonCommand, { threads, uploads, user }: CommandContext): Reply {
  const { type, params } = command;
  switch (type) {
    case 'threads.list': {
      const { data, ...rest } = page(threads, params, (thread) => user === null || thread.user === user);
      return { data: data.map((thread) => serverThread(thread)), ...rest };
    }
    case 'threads.get_by_id': {
      const thread = findThread(threads, params.thread_id, user);
      return serverThread(thread, itemPage(thread, { order: 'asc' }));
    }
    case 'items.list':
      return itemPage(findThread(threads, params.thread_id, user), params);
    case 'threads.update': {
      const thread = findThread(threads, params.thread_id, user);
      thread.title = params.title;
      return serverThread(thread);
    }
    case 'threads.delete':
      threads.delete(findThread(threads, params.thread_id, user).id);
      return {};
    case 'items.feedback': {
      const { items } = findThread(threads, params.thread_id, user);
      const missing = params.item_ids.find((id) => items.find(id) === undefined);
      if (missing !== undefined) throw new ServerFailure(`Item ${missing} not found`);
      return {};
    }
    case 'threads.sync_custom_action':
      return executeSyncAction(findThread(threads, params.thread_id, user), params.item_id ?? null, params.action);
    case 'attachments.create':
      return uploads.announce(params.name, params.mime_type);
    case 'attachments.delete':
      uploads.delete(params.attachment_id);
      return {};
    case 'input.transcribe': {
      const bytes = Buffer.from(params.audio_base64, 'base64').byteLength;
      return { text: `Where is my order? (${bytes} bytes of ${params.mime_type.split(';')[0] ?? 'audio'})` };
    }
  }
}

/** Returns a thread. Throws `ServerFailure` if it does not exist or belongs to another user. */
export function findThread(threads: Threads, id: string, user: string | null): StoredThread {
  const thread = threads.find(id);
  if (thread === undefined || (user !== null && thread.user !== user))
    throw new ServerFailure(`Thread ${id} not found`);
  return thread;
}

/** Removes hidden items after slicing, so a page may be shorter than the limit, or empty, without being the last. */
function itemPage(thread: StoredThread, params: PageParams): ServerPage<ServerItem> {
  const { data, ...rest } = page(thread.items, params);
  return { data: data.filter((item) => !isHidden(item)).map((item) => serverItem(thread.id, item)), ...rest };
}

function page<T extends { readonly id: string }>(
  sequence: Parameters<typeof slice<T>>[0],
  { limit, order, after }: PageParams,
  visible?: (element: T) => boolean,
): ServerPage<T> {
  try {
    const cursor = after === null || after === undefined ? undefined : decodeCursor(after);
    const { data, hasMore } = slice(sequence, { limit: limit || 20, order, after: cursor }, visible);
    const last = data.at(-1);
    return { data, has_more: hasMore, ...(hasMore && last !== undefined && { after: encodeCursor(last.id) }) };
  } catch (error) {
    if (error instanceof UnknownCursor) throw new ServerFailure('Unknown cursor');
    throw error;
  }
}

/** Returns an opaque cursor. */
function encodeCursor(id: string): string {
  return Buffer.from(`after:${id}`).toString('base64url');
}

/** Returns the ID in a cursor. Throws `ServerFailure` if no page returned the cursor. */
function decodeCursor(cursor: string): string {
  const text = Buffer.from(cursor, 'base64url').toString();
  if (!text.startsWith('after:') || encodeCursor(text.slice(6)) !== cursor) throw new ServerFailure('Unknown cursor');
  return text.slice(6);
}

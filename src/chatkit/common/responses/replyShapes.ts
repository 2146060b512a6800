import { isRecord } from '../isRecord.ts';
import { withProtocolKeys } from '../wire/protocolKeys.ts';
import { elementKeyOf } from '../paging/readPage.ts';

/** What a reply looks like (chatkit-api 5.3–5.5). */
export type ReplyShape = 'page' | 'thread' | 'item' | 'attachment' | 'empty' | 'text' | 'updatedItem' | 'other';

/** The replies of the commands that are not streamed (chatkit-api 5.3). */
export const expectedReplies = {
  'threads.list': 'page',
  'items.list': 'page',
  'threads.get_by_id': 'thread',
  'threads.update': 'thread',
  'threads.delete': 'empty',
  'items.feedback': 'empty',
  'attachments.create': 'attachment',
  'attachments.delete': 'empty',
  'input.transcribe': 'text',
  'threads.sync_custom_action': 'updatedItem',
} as const satisfies Readonly<Record<string, ReplyShape>>;

export type JsonCommand = keyof typeof expectedReplies;

export function isJsonCommand(command: string): command is JsonCommand {
  return Object.hasOwn(expectedReplies, command);
}

/** The shape of a reply, by the fields that only one kind of reply has. */
export function shapeOf(received: unknown): ReplyShape {
  const body = withProtocolKeys(received, () => undefined);
  if (body === null || body === undefined) return 'empty';
  if (Array.isArray(body)) return 'page';
  if (!isRecord(body)) return 'other';
  if (Object.keys(body).length === 0) return 'empty';
  if (elementKeyOf(body) !== null) return 'page';
  if ('thread_id' in body && 'type' in body) return 'item';
  if ('mime_type' in body || 'mimeType' in body || 'upload_descriptor' in body || 'upload_url' in body)
    return 'attachment';
  if ('updated_item' in body) return 'updatedItem';
  if ('id' in body && ('status' in body || 'items' in body || 'created_at' in body)) return 'thread';
  return typeof body['text'] === 'string' ? 'text' : 'other';
}

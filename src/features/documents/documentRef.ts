import type { ThreadRef } from '../../domain/refs.ts';

/** What a read-only document shows: a thread or one of its items as JSON, or a thread's transcript. */
export type DocumentRef =
  (ThreadRef & { readonly form: 'json'; readonly itemId?: string }) | (ThreadRef & { readonly form: 'md' });

/**
 * Path of a document: `/<connection>/<thread>.json`, `/<connection>/<thread>.md`, `/<connection>/<thread>/<item>.json`.
 * It holds ids only, each escaped to one segment.
 */
export function documentPath(ref: DocumentRef): string {
  const item = 'itemId' in ref && ref.itemId !== undefined ? [ref.itemId] : [];
  return `/${[ref.connectionId, ref.threadId, ...item].map(segment).join('/')}.${ref.form}`;
}

/** Null for a path that is none of ours. */
export function parseDocumentPath(path: string): DocumentRef | null {
  const match = /^\/([^/]+)\/([^/]+)(?:\/([^/]+))?\.(json|md)$/.exec(path);
  const [, connection, thread, item, form] = match ?? [];
  if (connection === undefined || thread === undefined) return null;
  const [connectionId, threadId] = [unescaped(connection), unescaped(thread)];
  if (form === 'md') return item === undefined ? { connectionId, threadId, form } : null;
  return { connectionId, threadId, form: 'json', ...(item === undefined ? {} : { itemId: unescaped(item) }) };
}

/** Escapes what would end a segment or mean another folder; anything else may stand in an editor's path. */
function segment(id: string): string {
  return id.replace(/[%/\\]|^\.+$/g, (signs) =>
    [...signs].map((sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0')}`).join(''),
  );
}

function unescaped(text: string): string {
  return text.replace(/%([0-9A-F]{2})/g, (_, code: string) => String.fromCharCode(Number.parseInt(code, 16)));
}

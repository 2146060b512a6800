import type { ThreadRef } from '../../chatkit/common/model/thread.ts';

const authority = 'chatkit-inspector.chatkit-inspector';
const path = '/thread';

/**
 * Link that opens a thread in the editor, `vscode://chatkit-inspector.chatkit-inspector/thread?connection=…&thread=…`.
 * It names a connection by its ID only, so a link cannot choose the server that receives a request.
 *
 * @param scheme the editor's own scheme (`vscode`, `vscode-insiders`, `code-oss`, …)
 */
export function threadLink(scheme: string, { connectionId, threadId }: ThreadRef): string {
  return `${scheme}://${authority}${path}?connection=${encodeURIComponent(connectionId)}&thread=${encodeURIComponent(threadId)}`;
}

/** Maximum length of an ID in a link, in characters. No ID seen so far has more than 60. */
const maxIdLength = 200;

/**
 * Returns the thread that a link names, or null when it is not a link to a thread. `query` is percent-encoded, without the
 * question mark.
 */
export function parseThreadLink(uri: { readonly path: string; readonly query: string }): ThreadRef | null {
  if (uri.path !== path) return null;
  const query = new URLSearchParams(uri.query);
  const connectionId = query.get('connection')?.trim() ?? '';
  const threadId = query.get('thread') ?? '';
  return isPlausibleId(connectionId) && isPlausibleId(threadId) ? { connectionId, threadId } : null;
}

/**
 * Returns the thread ID in pasted text: an ID inside a link or a log line, a text in quotes exactly, or the text itself,
 * because servers have IDs of any form. Null when there is none.
 */
export function threadIdIn(text: string): string | null {
  const trimmed = text.trim();
  const quoted = /^"(.+)"$/s.exec(trimmed)?.[1];
  if (quoted !== undefined) return isPlausibleId(quoted) ? quoted : null;
  const found = findThreadIds(trimmed)[0];
  if (found !== undefined) return found.id;
  return isPlausibleId(trimmed) ? trimmed : null;
}

function isPlausibleId(id: string): boolean {
  // `.` and `..` would change the path that they are inserted into (chatkit-api 1.3).
  return id !== '' && id.length <= maxIdLength && id !== '.' && id !== '..' && !/[\p{Cc}]/u.test(id);
}

/** Known forms (chatkit-api 1.6, 5.4): `cthr_` with at least 6 characters (hosted), `thr_` with at least 8 (self-hosted). */
const idForm = /(?<![\w-])(?:cthr_[A-Za-z0-9]{6,64}|thr_[A-Za-z0-9]{8,64})(?![\w-])/g;

/** Returns the thread IDs in a line of a terminal or an editor, with their offsets in UTF-16 units. */
export function findThreadIds(line: string): readonly { readonly id: string; readonly start: number }[] {
  return [...line.matchAll(idForm)].map((match) => ({ id: match[0], start: match.index }));
}

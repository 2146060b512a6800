import type { ThreadRef } from '../../../chatkit/common/refs.ts';

const authority = 'chatkit-inspector.chatkit-inspector';
const path = '/thread';

/**
 * Link that opens a thread in the editor, `vscode://chatkit-inspector.chatkit-inspector/thread?connection=…&thread=…`.
 * It names a connection by its id only: a link can never say where a request goes.
 *
 * @param scheme the editor's own scheme (`vscode`, `vscode-insiders`, `code-oss`, …)
 */
export function threadLink(scheme: string, { connectionId, threadId }: ThreadRef): string {
  return `${scheme}://${authority}${path}?connection=${encodeURIComponent(connectionId)}&thread=${encodeURIComponent(threadId)}`;
}

/** Longest id that is taken from outside, characters. No id seen so far has more than 60. */
const maxIdLength = 200;

/** What a link asks for, or null when it is no link of ours. `query` is percent-encoded, without the question mark. */
export function parseThreadLink(uri: { readonly path: string; readonly query: string }): ThreadRef | null {
  if (uri.path !== path) return null;
  const query = new URLSearchParams(uri.query);
  const connectionId = query.get('connection')?.trim() ?? '';
  const threadId = query.get('thread')?.trim() ?? '';
  return isPlausibleId(connectionId) && isPlausibleId(threadId) ? { connectionId, threadId } : null;
}

/** A pasted text as a thread id: the id itself, or the one inside a link or a line of a log. Null when there is none. */
export function threadIdIn(text: string): string | null {
  const trimmed = text.trim();
  const found = findThreadIds(trimmed)[0];
  if (found !== undefined) return found.id;
  return isPlausibleId(trimmed) && !/\s/.test(trimmed) ? trimmed : null;
}

function isPlausibleId(id: string): boolean {
  // `.` and `..` would climb out of the path that they are put into (chatkit-api 1.3).
  return id !== '' && id.length <= maxIdLength && id !== '.' && id !== '..' && !/[\p{Cc}]/u.test(id);
}

/** Forms that are seen (chatkit-api 1.6, 5.4): hosted `cthr_` and more, self-hosted `thr_` and at least 8. */
const idForm = /(?<![\w-])(?:cthr_[A-Za-z0-9]{6,64}|thr_[A-Za-z0-9]{8,64})(?![\w-])/g;

/** Thread ids in a line of a terminal or an editor, with their place in it (UTF-16 units). */
export function findThreadIds(line: string): readonly { readonly id: string; readonly start: number }[] {
  return [...line.matchAll(idForm)].map((match) => ({ id: match[0], start: match.index }));
}

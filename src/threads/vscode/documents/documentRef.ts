import type { ThreadRef } from '../../../chatkit/common/model/thread.ts';

/**
 * The content of a read-only document: a thread or an item as JSON, the text or widget of an item, or the transcript of a
 * thread.
 */
export type DocumentRef =
  | (ThreadRef & { readonly form: 'json'; readonly itemId?: string })
  | (ThreadRef & { readonly form: 'txt' | 'widget'; readonly itemId: string })
  /** `normalised`: without IDs and times, for comparing two threads. */
  | (ThreadRef & { readonly form: 'md'; readonly normalised?: true });

const normalisedName = 'normalised';
/** `package.json` contributes the widget schema for this file name ending. */
const widgetEnding = 'chatkit-widget.json';

/**
 * Path of a document: `/<connection>/<thread>.json`, `/<connection>/<thread>.md`, `/<connection>/<thread>/<item>.json`,
 * `/<connection>/<thread>/<item>.txt`, `/<connection>/<thread>/<item>.chatkit-widget.json`,
 * `/<connection>/<thread>/normalised.md`.
 * It contains only IDs. Each ID is escaped to one segment.
 */
export function documentPath(ref: DocumentRef): string {
  const part = ref.form === 'md' ? ref.normalised && normalisedName : ref.itemId;
  const segments = [ref.connectionId, ref.threadId, ...(part === undefined ? [] : [part])];
  return `/${segments.map(segment).join('/')}.${ref.form === 'widget' ? widgetEnding : ref.form}`;
}

/** Returns null for a path that `documentPath` does not create. */
export function parseDocumentPath(path: string): DocumentRef | null {
  const match = /^\/([^/]+)\/([^/]+)(?:\/([^/]+))?\.(json|md|txt)$/.exec(path);
  const [, connection, thread, part, form] = match ?? [];
  if (connection === undefined || thread === undefined) return null;
  const [connectionId, threadId] = [unescaped(connection), unescaped(thread)];
  const widget = form === 'json' && part !== undefined ? itemOfWidget(part) : undefined;
  if (widget !== undefined) return { connectionId, threadId, form: 'widget', itemId: unescaped(widget) };
  if (form === 'json')
    return { connectionId, threadId, form, ...(part === undefined ? {} : { itemId: unescaped(part) }) };
  if (form === 'txt') return part === undefined ? null : { connectionId, threadId, form, itemId: unescaped(part) };
  if (part === undefined) return { connectionId, threadId, form: 'md' };
  return part === normalisedName ? { connectionId, threadId, form: 'md', normalised: true } : null;
}

/** Matches `<item>.chatkit-widget` before `.json`. `segment` escapes the dot of an ID with this ending. */
function itemOfWidget(part: string): string | undefined {
  return /^(.+)\.chatkit-widget$/.exec(part)?.[1];
}

/** Escapes characters that would end a segment or refer to another folder. Other characters are allowed in a path. */
function segment(id: string): string {
  return id.replace(/[%/\\]|^\.+$|\.(?=chatkit-widget$)/g, (match) =>
    [...match].map((char) => `%${char.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0')}`).join(''),
  );
}

function unescaped(text: string): string {
  return text.replace(/%([0-9A-F]{2})/g, (_, code: string) => String.fromCharCode(Number.parseInt(code, 16)));
}

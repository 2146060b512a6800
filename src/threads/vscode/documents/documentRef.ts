import type { ThreadRef } from '../../../chatkit/common/refs.ts';

/**
 * What a read-only document shows: a thread or one of its items as JSON, one item's text or widget, or a thread's
 * transcript.
 */
export type DocumentRef =
  | (ThreadRef & { readonly form: 'json'; readonly itemId?: string })
  | (ThreadRef & { readonly form: 'txt' | 'widget'; readonly itemId: string })
  /** `normalised`: what is never the same in two threads is left out, for comparing. */
  | (ThreadRef & { readonly form: 'md'; readonly normalised?: true });

const normalisedName = 'normalised';
/** The schema of widgets is contributed for this ending. */
const widgetEnding = 'chatkit-widget.json';

/**
 * Path of a document: `/<connection>/<thread>.json`, `/<connection>/<thread>.md`, `/<connection>/<thread>/<item>.json`,
 * `/<connection>/<thread>/<item>.txt`, `/<connection>/<thread>/<item>.chatkit-widget.json`,
 * `/<connection>/<thread>/normalised.md`.
 * It holds ids only, each escaped to one segment.
 */
export function documentPath(ref: DocumentRef): string {
  const part = ref.form === 'md' ? ref.normalised && normalisedName : ref.itemId;
  const segments = [ref.connectionId, ref.threadId, ...(part === undefined ? [] : [part])];
  return `/${segments.map(segment).join('/')}.${ref.form === 'widget' ? widgetEnding : ref.form}`;
}

/** Null for a path that is none of ours. */
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

/** `<item>.chatkit-widget`, before its `.json`: an id that ends so itself has its dot escaped. */
function itemOfWidget(part: string): string | undefined {
  return /^(.+)\.chatkit-widget$/.exec(part)?.[1];
}

/** Escapes what would end a segment or mean another folder; anything else may stand in an editor's path. */
function segment(id: string): string {
  return id.replace(/[%/\\]|^\.+$|\.(?=chatkit-widget$)/g, (signs) =>
    [...signs].map((sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0')}`).join(''),
  );
}

function unescaped(text: string): string {
  return text.replace(/%([0-9A-F]{2})/g, (_, code: string) => String.fromCharCode(Number.parseInt(code, 16)));
}

import { SourceError } from '../../../chatkit/common/errors.ts';
import type { ThreadStore } from '../../../chatkit/common/store/types.ts';
import { transcriptParts } from '../../common/transcript/transcript.ts';
import type { DocumentRef } from './documentRef.ts';
import { itemText } from './itemText.ts';
import type { ThreadItem } from '../../../chatkit/common/model/item.ts';
import type { Json } from '../../../base/common/json.ts';
import type { Thread } from '../../../chatkit/common/model/thread.ts';
import type { ThreadItems } from '../../../chatkit/common/store/types.ts';

/** Bytes of text put together before others get their turn. */
const maxChunkLength = 1_000_000;

/**
 * Loads what a document shows, so far as it is not loaded: the thread, and its items page by page. `onProgress` gets the
 * count of items so far.
 * @throws `SourceError`
 */
export async function loadDocument(
  store: ThreadStore,
  ref: DocumentRef,
  signal: AbortSignal,
  onProgress: (count: number) => void,
): Promise<void> {
  const { threadId } = ref;
  if ('itemId' in ref && ref.itemId !== undefined) {
    // There is no way to ask for one item: it is found among the newest, or among all.
    if (store.item(threadId, ref.itemId) === undefined) await store.loadLatest(threadId, signal);
    if (store.item(threadId, ref.itemId) === undefined) await store.loadAll(threadId, signal, onProgress);
    return;
  }
  if (store.thread(threadId) === undefined) await store.refreshThread(threadId, signal);
  await store.loadAll(threadId, signal, onProgress);
}

/**
 * Text of a document, of what is loaded.
 * @throws `SourceError` kind `notFound` when the thread or item is not there
 */
export async function documentText(store: ThreadStore, ref: DocumentRef): Promise<string> {
  const { threadId } = ref;
  if ('itemId' in ref && ref.itemId !== undefined) {
    const item = store.item(threadId, ref.itemId);
    if (item === undefined) throw new SourceError('notFound', 'The thread has no such item.');
    if (ref.form === 'widget') return widgetJson(item);
    return ref.form === 'txt' ? itemText(item) : itemJson(item);
  }
  const thread = store.thread(threadId);
  if (thread === undefined) throw new SourceError('notFound', 'The thread is not loaded.');
  const items = store.items(threadId);
  const form = ref.form === 'md' && ref.normalised ? 'normalised' : 'full';
  const parts = ref.form === 'md' ? transcriptParts(thread, items, { form }) : threadJsonParts(thread, items);
  return joined(parts);
}

/** A thread may have a hundred thousand items: the editor must not stand still meanwhile. */
async function joined(parts: Iterable<string>): Promise<string> {
  const texts: string[] = [];
  let length = 0;
  for (const part of parts) {
    texts.push(part);
    length += part.length;
    if (length < maxChunkLength) continue;
    length = 0;
    await new Promise((resolve) => setImmediate(resolve));
  }
  return texts.join('');
}

/**
 * The widget of an item, pretty printed; as it was sent where that is no JSON.
 * @throws `SourceError` kind `notFound` when the item has none
 */
function widgetJson(item: ThreadItem): string {
  const widget = item.kind === 'widget' ? item.widget : { form: 'absent' as const };
  if (widget.form === 'absent') throw new SourceError('notFound', 'The item has no widget.');
  return widget.form === 'invalid' ? widget.text : `${JSON.stringify(widget.value, null, 2)}\n`;
}

/** A thread and its loaded items as the server sent them, piece by piece. Says so where items are missing. */
function* threadJsonParts(thread: Thread, items: ThreadItems): Generator<string> {
  const isComplete = items.reachesStart && items.reachesEnd && items.windows.length < 2;
  yield `{\n  "thread": ${indented(thread.raw, '  ')},\n`;
  if (!isComplete) yield '  "complete": false,\n';
  yield '  "items": [';
  let isFirst = true;
  for (const { items: run } of items.windows) {
    for (const { raw } of run) {
      yield `${isFirst ? '' : ','}\n    ${indented(raw, '    ')}`;
      isFirst = false;
    }
  }
  yield isFirst ? ']\n}\n' : '\n  ]\n}\n';
}

function itemJson(item: ThreadItem): string {
  return `${JSON.stringify(item.raw, null, 2)}\n`;
}

function indented(value: Json, indent: string): string {
  return JSON.stringify(value, null, 2).replaceAll('\n', `\n${indent}`);
}

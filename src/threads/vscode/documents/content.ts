import * as l10n from '@vscode/l10n';
import type { ThreadItem } from '../../../chatkit/common/model/item.ts';
import { itemBody, transcriptParts } from '../../common/transcript.ts';
import { exactJson } from '../../../base/common/parseJson.ts';
import { SourceError } from '../../../chatkit/common/errors.ts';
import type { ThreadItems, ThreadStore } from '../../../chatkit/common/store/types.ts';
import type { Json } from '../../../base/common/json.ts';
import type { Thread } from '../../../chatkit/common/model/thread.ts';
import type { DocumentRef } from './documentRef.ts';

/** Number of characters after which the event loop continues. */
const maxChunkLength = 1_000_000;

/**
 * Loads what a document shows and is not loaded yet: the thread, and its items page by page. `onProgress` receives the
 * number of items loaded so far.
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
    // The API cannot return a single item, so search the newest items first, then all items.
    if (store.item(threadId, ref.itemId) === undefined) await store.loadLatest(threadId, signal);
    if (store.item(threadId, ref.itemId) === undefined) await store.loadAll(threadId, signal, onProgress);
    return;
  }
  if (store.thread(threadId) === undefined) await store.refreshThread(threadId, signal);
  await store.loadAll(threadId, signal, onProgress);
}

/**
 * Returns the text of a document from loaded data.
 * @throws `SourceError` kind `notFound` when the thread or item is not loaded
 */
export async function documentText(store: ThreadStore, ref: DocumentRef): Promise<string> {
  const { threadId } = ref;
  if ('itemId' in ref && ref.itemId !== undefined) {
    const item = store.item(threadId, ref.itemId);
    if (item === undefined) throw new SourceError('notFound', l10n.t('The thread does not contain this item.'));
    if (ref.form === 'widget') return widgetJson(item);
    return ref.form === 'txt' ? itemText(item) : itemJson(item);
  }
  const thread = store.thread(threadId);
  if (thread === undefined) throw new SourceError('notFound', l10n.t('The thread is not loaded.'));
  const items = store.items(threadId);
  const form = ref.form === 'md' && ref.normalised ? 'normalised' : 'full';
  const parts = ref.form === 'md' ? transcriptParts(thread, items, { form }) : threadJsonParts(thread, items);
  return joined(parts);
}

/** Joins parts in several steps, so that a thread with 100,000 items does not block the extension host. */
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
 * Returns the formatted widget of an item; the original text when it is not valid JSON.
 * @throws `SourceError` kind `notFound` when the item has no widget
 */
function widgetJson(item: ThreadItem): string {
  const widget = item.kind === 'widget' ? item.widget : { form: 'absent' as const };
  if (widget.form === 'absent') throw new SourceError('notFound', l10n.t('The item has no widget.'));
  return widget.form === 'invalid' ? widget.text : `${exactJson(widget.value, 2)}\n`;
}

/** Yields a thread and its loaded items as the server sent them. Adds `"complete": false` when items are missing. */
function* threadJsonParts(thread: Thread, items: ThreadItems): Generator<string> {
  const isComplete = items.reachesStart && items.reachesEnd && items.windows.length < 2;
  yield `{\n  "thread": ${indented(thread.raw, '  ')},\n`;
  if (!isComplete) yield '  "complete": false,\n';
  yield '  "items": [';
  let isFirst = true;
  for (const { items: windowItems } of items.windows) {
    for (const { raw } of windowItems) {
      yield `${isFirst ? '' : ','}\n    ${indented(raw, '    ')}`;
      isFirst = false;
    }
  }
  yield isFirst ? ']\n}\n' : '\n  ]\n}\n';
}

function itemJson(item: ThreadItem): string {
  return `${exactJson(item.raw, 2)}\n`;
}

function indented(value: Json, indent: string): string {
  return exactJson(value, 2).replaceAll('\n', `\n${indent}`);
}

/** Returns the complete text of an item: the original text of a message, or the transcript of any other item. */
export function itemText(item: ThreadItem): string {
  switch (item.kind) {
    case 'user_message':
      return joinTexts(item.content.map((part) => (part.type === 'unknown' ? '' : part.text))) || itemMarkdown(item);
    case 'assistant_message':
      return joinTexts(item.parts.map(({ text }) => text)) || itemMarkdown(item);
    default:
      return itemMarkdown(item);
  }
}

/** Returns the item as a standalone Markdown document. */
export function itemMarkdown(item: ThreadItem): string {
  return itemBody(item, { normalised: false }).join('\n\n');
}

function joinTexts(texts: readonly string[]): string {
  return texts.filter((text) => text !== '').join('\n\n');
}

import * as l10n from '@vscode/l10n';
import { type ThreadItem, kindLabel } from '../../../chatkit/common/model/item.ts';
import { type Thread, timeNote, uncertainMark } from '../../../chatkit/common/model/thread.ts';
import type { ThreadItems } from '../../../chatkit/common/store/types.ts';
import { oneLine } from '../../../base/common/plainText.ts';
import { statusText, threadLabel } from '../summary/threadLabel.ts';
import { itemBody } from './itemBody.ts';
import { code, escaped } from './markdown.ts';

interface TranscriptOptions {
  /**
   * `full`: everything, with times in UTC. `normalised`: without IDs, user and times, with sorted JSON keys, so that a
   * comparison of two threads shows only differences in behavior.
   */
  readonly form?: 'full' | 'normalised';
}

/** Returns a thread and its loaded items as Markdown. The text does not depend on the machine. */
export function transcript(thread: Thread, items: ThreadItems, options: TranscriptOptions = {}): string {
  return [...transcriptParts(thread, items, options)].join('');
}

/** Yields the transcript in parts: the head, then one part per item. */
export function* transcriptParts(thread: Thread, items: ThreadItems, options: TranscriptOptions): Generator<string> {
  const note = (text: string): string => `\n---\n\n*${text}*\n`;
  yield transcriptHead(thread, items.count, options);
  if (items.stopped === 'older')
    yield note(
      l10n.t(
        'The server states that there are more items, but they cannot be loaded: its cursor is missing or repeats.',
      ),
    );
  else if (!items.reachesStart && items.count > 0) yield note(l10n.t('Older items are not loaded.'));
  if (items.count === 0 && items.reachesStart) yield note(l10n.t('This thread has no items.'));
  for (const [index, window] of items.windows.entries()) {
    if (index > 0) yield note(l10n.t('Some items here are not loaded.'));
    let previous: ThreadItem | null = null;
    for (const item of window.items) {
      yield itemTranscript(item, previous, options);
      previous = item;
    }
  }
  if (!items.reachesEnd && items.count > 0) yield note(l10n.t('Newer items are not loaded.'));
}

/** Returns the title and the facts. `count` is the number of items that follow. */
export function transcriptHead(thread: Thread, count: number, options: TranscriptOptions = {}): string {
  const { form = 'full' } = options;
  const facts: readonly (readonly [string, string | null])[] =
    form === 'normalised'
      ? [[l10n.t('Status'), escaped(statusText(thread.status))]]
      : [
          [l10n.t('Thread'), code(thread.id)],
          [l10n.t('Status'), escaped(statusText(thread.status))],
          [l10n.t('User'), thread.user === null ? null : code(thread.user)],
          [l10n.t('Created'), thread.createdAt === null ? null : markedUtc(thread, thread.createdAt)],
          [l10n.t('Items'), String(count)],
        ];
  const title = form === 'normalised' ? oneLine(thread.title ?? '') || l10n.t('Untitled thread') : threadLabel(thread);
  const lines = facts.flatMap(([label, value]) => (value === null ? [] : [`- ${label}: ${value}`]));
  return `# ${escaped(title)}\n\n${lines.join('\n')}\n`;
}

/** Returns one item. `previous` is the item directly before it, for the offset. */
export function itemTranscript(item: ThreadItem, previous: ThreadItem | null, options: TranscriptOptions = {}): string {
  const { form = 'full' } = options;
  const normalised = form === 'normalised';
  const head = normalised ? [kindLabel(item.kind)] : [kindLabel(item.kind), ...timesOf(item, previous)];
  const body = itemBody(item, { normalised }).filter((block) => block !== '');
  return `\n## ${head.join(' · ')}\n\n${body.join('\n\n')}\n`;
}

function timesOf(item: ThreadItem, previous: ThreadItem | null): readonly string[] {
  if (item.createdAt === null) return [];
  const offset =
    previous?.createdAt === undefined || previous.createdAt === null ? null : item.createdAt - previous.createdAt;
  return [
    markedUtc(item, item.createdAt),
    ...(offset === null ? [] : [`${offset < 0 ? '\u2212' : '+'}${Math.abs(offset) / 1000} s`]),
  ];
}

function markedUtc(element: Thread | ThreadItem, ms: number): string {
  const note = timeNote(element);
  return note === null ? utc(ms) : `${uncertainMark}${utc(ms)} (${note.replace(/\.$/, '')})`;
}

/** `2026-11-06 14:03:10 UTC`, with milliseconds unless they are zero. Times out of range are returned as numbers. */
function utc(ms: number): string {
  if (!Number.isFinite(ms) || Math.abs(ms) > 8.64e15) return String(ms);
  return `${new Date(ms)
    .toISOString()
    .replace('T', ' ')
    .replace(/(?:\.000)?Z$/, '')} UTC`;
}

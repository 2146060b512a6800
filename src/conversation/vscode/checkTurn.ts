import { isSourceError } from '../../chatkit/common/errors.ts';
import { type ThreadItem, userText } from '../../chatkit/common/model/item.ts';
import { ruleIds } from '../../chatkit/common/protocolProblems/catalogue/ruleIds.ts';
import type { ReportHere } from '../../chatkit/common/protocolProblems/problem.ts';
import { wireId } from '../../chatkit/common/store/duplicates.ts';
import type { ThreadStore } from '../../chatkit/common/store/types.ts';
import type { ResponseStream } from './responseStream.ts';

/** Items before the response that are read again: a server removes other pending tool calls among the last 20. */
const recheckedItems = 20;
const largestPage = 100;

interface CheckOptions {
  readonly store: ThreadStore;
  readonly report: ReportHere;
  readonly signal: AbortSignal;
}

type CheckedResponse = Pick<ResponseStream, 'threadId' | 'state' | 'end' | 'unfinished' | 'retried' | 'command'>;

/**
 * Reads the newest items again after a response. The store then shows what the server changed without an event: items
 * that it removed, a completed tool call, a user message that the stream did not contain. An item that the server stored
 * with another id replaces the streamed one; an item that it did not store stays, and is reported. Best effort: a failed
 * request changes nothing.
 */
export async function checkTurn(response: CheckedResponse, { store, report, signal }: CheckOptions): Promise<void> {
  const { threadId, state, end } = response;
  if (threadId === null) return;
  const streamed = new Set(state.items.map(({ id }) => id));
  const before = newestItems(store, threadId).filter(({ id }) => !streamed.has(id));
  const limit = Math.min(streamed.size + recheckedItems, largestPage);
  try {
    await store.pollNewer(threadId, limit, signal);
  } catch (error) {
    if (isSourceError(error, 'notFound') && response.command.type === 'createThread')
      report(ruleIds.threadNotStored, { threadId });
    return;
  }
  const after = newestItems(store, threadId);
  const here = new Set(after.map(({ id }) => id));
  for (const item of before.slice(-recheckedItems)) {
    const isGone = !here.has(item.id) && store.item(threadId, item.id) === undefined;
    if (isGone) report(ruleIds.removedWithoutEvent, { threadId, itemId: wireId(item) }, item.kind);
  }
  const known = new Set(before.map(({ id }) => id));
  replaceRenamed(
    response,
    after.filter(({ id }) => !streamed.has(id) && !known.has(id)),
    { store, report, signal },
  );
  const keptByServer = response.retried.filter((id) => here.has(id) && !streamed.has(id));
  if (keptByServer.length > 0) report(ruleIds.retryKeptItems, { threadId }, keptByServer.length);
  if (end?.reason !== 'done' || streamed.size + recheckedItems > largestPage) return;
  reportNotStored(response, store, report);
}

/** Stored items that are the same as streamed ones with another id: one of the two is shown. */
function replaceRenamed(
  { threadId, state }: CheckedResponse,
  fresh: readonly ThreadItem[],
  { store, report }: CheckOptions,
): void {
  if (threadId === null) return;
  const pinned = new Set(store.pinned(threadId));
  const candidates = [...fresh];
  for (const item of state.items.filter(({ id }) => pinned.has(id))) {
    const at = candidates.findIndex((other) => hasSameContent(item, other));
    const [stored] = at < 0 ? [] : candidates.splice(at, 1);
    if (stored === undefined) continue;
    report(ruleIds.storedIdDiffers, { threadId, itemId: wireId(item) }, wireId(stored));
    store.removeItems(threadId, [item.id], 'stream');
  }
}

function reportNotStored(
  { threadId, state, unfinished, command }: CheckedResponse,
  store: ThreadStore,
  report: ReportHere,
) {
  if (threadId === null) return;
  const open = new Set(unfinished);
  const pinned = new Set(store.pinned(threadId));
  for (const item of state.items) {
    // Markers and hidden items are not part of lists.
    if (!pinned.has(item.id) || open.has(item.id) || item.kind === 'unknown') continue;
    report(ruleIds.itemNotStored, { threadId, itemId: wireId(item) }, item.kind);
  }
  if (command.type !== 'addToolOutput') return;
  const call = newestItems(store, threadId).findLast(({ kind }) => kind === 'client_tool_call');
  if (call?.kind === 'client_tool_call' && call.status === 'open' && state.item(call.id) === undefined)
    report(ruleIds.toolOutputNotStored, { threadId, itemId: wireId(call) });
}

function newestItems(store: ThreadStore, threadId: string): readonly ThreadItem[] {
  return store.items(threadId).windows.at(-1)?.items ?? [];
}

function hasSameContent(a: ThreadItem, b: ThreadItem): boolean {
  if (a.kind !== b.kind) return false;
  const text = textOf(a);
  return text !== null && text === textOf(b);
}

/** The text that identifies an item; null for kinds without one. */
function textOf(item: ThreadItem): string | null {
  switch (item.kind) {
    case 'assistant_message':
      return item.parts.map(({ text }) => text).join('\n');
    case 'user_message':
      return userText(item);
    case 'client_tool_call':
      return JSON.stringify([item.callId, item.name]);
    case 'widget':
      return item.widget.form === 'absent' || item.widget.form === 'invalid' ? null : JSON.stringify(item.widget.value);
    default:
      return null;
  }
}

import * as l10n from '@vscode/l10n';
import type * as vscode from 'vscode';
import { SourceError, isSourceError } from '../../chatkit/common/errors.ts';
import { type ThreadItem, userText } from '../../chatkit/common/model/item.ts';
import { ruleIds } from '../../chatkit/common/protocolProblems/catalogue/ruleIds.ts';
import {
  type ProblemReporter,
  type ReportHere,
  ignoreProblems,
  reportAt,
} from '../../chatkit/common/protocolProblems/problem.ts';
import { wireId } from '../../chatkit/common/store/itemWindows.ts';
import type { ThreadStore } from '../../chatkit/common/store/types.ts';
import { maxPageSize } from '../../chatkit/common/threadSource.ts';
import { Emitter } from '../../base/common/events.ts';
import type { ThreadRef } from '../../chatkit/common/model/thread.ts';
import type { StreamCommand } from '../../chatkit/common/stream/conversationApi.ts';
import type { Connections } from '../../connections/vscode/services.ts';
import { toWireCommand } from '../../chatkit/common/wire/server/command.ts';
import { ResponseStream } from './responseStream.ts';
import { Conversation, type StartResponse, isNewThread } from './conversation.ts';

type ConversationConnections = Pick<Connections, 'source' | 'store' | 'onDidChange'>;

/** Time limit for reading a thread again after a response, ms. */
const checkTimeoutMs = 60_000;

/** The conversations of this window, one per thread. A stream continues when its panel is closed. */
export class ConversationService implements vscode.Disposable {
  readonly #connections: ConversationConnections;
  readonly #problems: (connectionId: string) => ProblemReporter;
  readonly #conversations = new Set<Conversation>();
  readonly #byThread = new Map<string, Conversation>();
  readonly #started = new Emitter<ResponseStream>();
  readonly #created = new Emitter<ThreadRef>();
  readonly #subscription: vscode.Disposable;
  readonly #disposed = new AbortController();
  #lastResponseId = 0;

  /** Emitted when a response starts, before its first event. */
  readonly onDidStart = this.#started.on;
  /** Emitted when the first message of a conversation has created its thread. */
  readonly onDidCreate = this.#created.on;

  /** `problems`: receives the deviations that are found by reading a thread again after a response. */
  constructor(
    connections: ConversationConnections,
    problems: (connectionId: string) => ProblemReporter = () => ignoreProblems,
  ) {
    this.#connections = connections;
    this.#problems = problems;
    // A changed connection gets a new store, so responses that write to the old store are stopped.
    this.#subscription = connections.onDidChange(({ connectionIds }) => {
      for (const conversation of this.#conversations)
        if (connectionIds.includes(conversation.connectionId)) conversation.stop();
    });
  }

  /** Returns the conversation of a thread (or of a placeholder id): always the same object. */
  of({ connectionId, threadId }: ThreadRef): Conversation {
    const key = keyOf(connectionId, threadId);
    const known = this.#byThread.get(key);
    if (known !== undefined) return known;
    const isNew = isNewThread(threadId);
    const conversation = new Conversation(
      connectionId,
      isNew ? null : threadId,
      this.#responseStarter(connectionId, threadId),
    );
    this.#conversations.add(conversation);
    this.#byThread.set(key, conversation);
    if (isNew) {
      conversation.onDidCreate((created) => {
        this.#byThread.set(keyOf(connectionId, created), conversation);
        this.#created.fire({ connectionId, threadId: created });
      });
    }
    return conversation;
  }

  /** Sends a command. Throws `SourceError` `conflict` during another response, `invalidRequest` if the connection cannot send. */
  sendCommand(ref: ThreadRef, command: StreamCommand): ResponseStream {
    return this.of(ref).sendCommand(command);
  }

  dispose(): void {
    this.#disposed.abort();
    this.#subscription.dispose();
    for (const conversation of this.#conversations) conversation.stop();
    this.#conversations.clear();
    this.#byThread.clear();
  }

  #responseStarter(connectionId: string, threadKey: string): StartResponse {
    return (threadId, command, onCreated) => {
      const { conversation: api } = this.#connections.source(connectionId);
      if (api === undefined) {
        throw new SourceError('invalidRequest', l10n.t('This connection cannot send messages.'), {
          mayHaveArrived: false,
        });
      }
      const store = this.#connections.store(connectionId);
      this.#lastResponseId += 1;
      const response = new ResponseStream({
        id: this.#lastResponseId,
        connectionId,
        threadId,
        threadKey,
        command,
        api,
        store,
        onCreated,
      });
      this.#started.fire(response);
      response.onDidEnd(({ reason }) => {
        if ((reason === 'done' || reason === 'fault') && response.accepted) void this.#check(response, store);
      });
      return response;
    };
  }

  /** See `checkTurn`. Best effort: failures are ignored, and a later refresh shows the same. */
  async #check(response: ResponseStream, store: ThreadStore): Promise<void> {
    const { connectionId, command, threadId } = response;
    const report = reportAt(this.#problems(connectionId), { command: toWireCommand(command).type });
    const signal = AbortSignal.any([this.#disposed.signal, AbortSignal.timeout(checkTimeoutMs)]);
    try {
      if (threadId !== null && !response.announced) {
        store.putThread(await this.#connections.source(connectionId).getThread(threadId, signal));
      }
      await checkTurn(response, { store, report, signal });
    } catch (error) {
      if (!isSourceError(error)) throw error;
    }
  }
}

function keyOf(connectionId: string, threadId: string): string {
  return JSON.stringify([connectionId, threadId]);
}

/** Items at the end that are read again: a server changes open items without an event, and removes other pending tool calls among the last 20. */
export const recheckedItems = 20;

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
async function checkTurn(response: CheckedResponse, { store, report, signal }: CheckOptions): Promise<void> {
  const { threadId, state, end } = response;
  if (threadId === null) return;
  const streamed = new Set(state.items.map(({ id }) => id));
  const before = newestItems(store, threadId).filter(({ id }) => !streamed.has(id));
  const limit = Math.min(streamed.size + recheckedItems, maxPageSize);
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
  if (end?.reason !== 'done' || streamed.size + recheckedItems > maxPageSize) return;
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

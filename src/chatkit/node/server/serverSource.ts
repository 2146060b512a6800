import * as l10n from '@vscode/l10n';
import { append, keepNewest } from '../../../base/common/lists.ts';
import { SourceError, isSourceError, readOnlyError } from '../../common/errors.ts';
import type { Json } from '../../../base/common/json.ts';
import type { Capabilities, Order, Page, PageQuery, ThreadQuery, ThreadSource } from '../../common/threadSource.ts';
import { capabilitiesOf } from '../../common/capabilities.ts';
import {
  type Cursor,
  ListProgress,
  type ListState,
  arrangePage,
  idOf,
  readPage,
  arePagesInOrder,
} from '../../common/pages.ts';
import { ruleIds } from '../../common/protocolProblems/catalogue/ruleIds.ts';
import type { ProblemLocation, ReportHere } from '../../common/protocolProblems/problem.ts';
import type { Connection } from '../../common/connection.ts';
import { type ThreadItem, isMarker } from '../../common/model/item.ts';
import type { Thread } from '../../common/model/thread.ts';
import type { ConversationApi } from '../../common/stream/conversationApi.ts';
import { readErrorValue } from '../../common/responses/errorBody.ts';
import { isLoopbackHost, parseZoneSetting } from '../../common/serverTime.ts';
import { ServerReading } from '../../common/wire/reading.ts';
import { toServerItem } from '../../common/wire/server/item.ts';
import { toServerThread } from '../../common/wire/server/thread.ts';
import { type JsonResponse, ServerClient, type ServerClientOptions } from './client.ts';
import { KnownCommands, compareCommands } from './knownCommands.ts';
import { createConversationApi } from './conversationApi.ts';

export interface ServerSourceOptions extends ServerClientOptions {
  /** The zone of the server that an earlier response showed; minutes east of UTC. */
  readonly inferredZone?: number | null | undefined;
  readonly onZoneInferred?: ((minutes: number) => void) | undefined;
  /** Clock for event times, in ms. */
  readonly now?: () => number;
}

/**
 * Creates a source for a self-hosted ChatKit server (chatkit-api 5): all operations of the hosted API, and
 * conversations.
 */
export function createServerSource(options: ServerSourceOptions): ThreadSource {
  return new ServerSource(options);
}

/** Commands that servers may not support, by capability. */
const commandOf = {
  rename: 'threads.update',
  retry: 'threads.retry_after_item',
  customActions: 'threads.custom_action',
  syncActions: 'threads.sync_custom_action',
  answerForms: 'threads.add_structured_input',
  feedback: 'items.feedback',
} as const satisfies Readonly<Partial<Record<keyof Capabilities, string>>>;

class ServerSource implements ThreadSource {
  readonly cursors = 'opaque';
  readonly conversation?: ConversationApi;
  readonly renameThread?: NonNullable<ThreadSource['renameThread']>;
  readonly #connection: Connection;
  readonly #client: ServerClient;
  readonly #reading: ServerReading;
  readonly #known: KnownCommands;
  readonly #pages = new ServerPages();
  readonly #leftBehind = new LeftBehindCalls();
  readonly onDidChangeCapabilities: NonNullable<ThreadSource['onDidChangeCapabilities']>;

  constructor(options: ServerSourceOptions) {
    this.#connection = options.connection;
    this.#reading = new ServerReading({
      problems: options.problems,
      required: 'iso',
      zone: {
        setting: parseZoneSetting(this.#connection.timeZone),
        isLoopback: URL.canParse(this.#connection.url) && isLoopbackHost(new URL(this.#connection.url).hostname),
        inferredMinutes: options.inferredZone ?? null,
      },
      onZoneInferred: options.onZoneInferred,
    });
    this.#client = new ServerClient({ ...options, sentId: (id) => this.#reading.sentId(id) });
    this.#known = new KnownCommands({
      problems: options.problems,
      compare: () =>
        compareCommands((type) => this.#client.call({ type, params: {} }, 'never', AbortSignal.timeout(10_000))),
    });
    this.onDidChangeCapabilities = this.#known.onDidChange;
    if (this.#connection.readOnly === true) return;
    this.conversation = createConversationApi(this.#client, {
      known: this.#known,
      reading: this.#reading,
      now: options.now ?? (() => performance.now()),
    });
    this.renameThread = async (threadId, title, signal) => {
      const ask = () => this.#ask('threads.update', { thread_id: threadId, title }, signal);
      const answer = await this.#known.watch('threads.update', ask);
      if (answer.confirmed) return this.#toThread(answer, { command: 'threads.update', threadId });
      // The reply does not show the new title. The thread itself does, if it was renamed.
      const thread = await this.getThread(threadId, signal);
      if (thread.title === title) return thread;
      throw notDone('rename', answer);
    };
  }

  get capabilities(): Capabilities {
    const configured = capabilitiesOf(this.#connection);
    const supported = (capability: keyof typeof commandOf): boolean =>
      configured[capability] && this.#known.knows(commandOf[capability]);
    return {
      ...configured,
      rename: supported('rename'),
      retry: supported('retry'),
      customActions: supported('customActions'),
      syncActions: supported('syncActions'),
      answerForms: supported('answerForms'),
      feedback: supported('feedback'),
    };
  }

  async listThreads({ user, ...query }: ThreadQuery, signal: AbortSignal): Promise<Page<Thread>> {
    if (user !== undefined) throw refused('this server cannot filter threads by user.', 'user');
    checkQuery(query);
    const location = { command: 'threads.list' };
    return this.#pages.fetch(query, {
      key: 'threads.list',
      ask: (page) => this.#ask('threads.list', pageParams(page), signal),
      reader: ({ date }) => {
        const reading = this.#reading.at(location, date);
        return (raw) => toServerThread(raw, reading, 'list');
      },
      timeOf: ({ createdAt }) => createdAt,
      report: this.#reading.at(location).report,
      mayBeByActivity: true,
    });
  }

  async getThread(threadId: string, signal: AbortSignal): Promise<Thread> {
    const answer = await this.#ask('threads.get_by_id', { thread_id: threadId }, signal);
    return this.#toThread(answer, { command: 'threads.get_by_id', threadId });
  }

  async listItems(threadId: string, query: PageQuery, signal: AbortSignal): Promise<Page<ThreadItem>> {
    checkQuery(query);
    const location = { command: 'items.list', threadId };
    const { report } = this.#reading.at(location);
    const page = await this.#pages.fetch(query, {
      key: `items.list ${threadId}`,
      ask: (page) => this.#ask('items.list', { thread_id: threadId, ...pageParams(page) }, signal),
      reader: ({ date }) => {
        const reading = this.#reading.at(location, date);
        return (raw) => toServerItem(raw, threadId, reading);
      },
      timeOf: ({ createdAt }) => createdAt,
      report,
      mayBeByActivity: false,
    });
    this.#leftBehind.take(threadId, query, page, report);
    return page;
  }

  async deleteThread(threadId: string, signal: AbortSignal): Promise<void> {
    if (this.#connection.readOnly === true) throw readOnlyError();
    const answer = await this.#ask('threads.delete', { thread_id: threadId }, signal);
    if (answer.confirmed || (await this.#isGone(threadId, answer.json, signal))) return;
    this.#reading.at({ command: 'threads.delete', threadId }).report(ruleIds.deleteNotConfirmed, {}, answer.json);
    throw notDone('delete', answer);
  }

  /**
   * Whether a thread does not exist. After a deletion whose reply has content, only a statement of the server shows
   * that; after an empty one, any failure of reading the thread.
   */
  async #isGone(threadId: string, reply: Json, signal: AbortSignal): Promise<boolean> {
    try {
      await this.#ask('threads.get_by_id', { thread_id: threadId }, signal);
      return false;
    } catch (error) {
      if (isSourceError(error, 'cancelled')) throw error;
      const isEmpty = typeof reply === 'object' && reply !== null && Object.keys(reply).length === 0;
      return isEmpty || isSourceError(error, 'notFound');
    }
  }

  #toThread({ json, details, date }: JsonResponse, location: ProblemLocation): Thread {
    const thread = toServerThread(json, this.#reading.at(location, date), 'single');
    if (thread === null)
      throw new SourceError('invalidResponse', l10n.t('The response is not a ChatKit thread.'), details);
    const { threadId } = location;
    if (threadId === undefined || sameId(thread.id, threadId)) return thread;
    this.#reading.at(location).report(ruleIds.otherThreadId, { field: 'id' }, thread.id);
    throw new SourceError('invalidResponse', l10n.t('The server returned another thread, {0}.', thread.id), details);
  }

  /** Sends a command that is idempotent. */
  #ask(type: string, params: Readonly<Record<string, string | number>>, signal: AbortSignal): Promise<JsonResponse> {
    return this.#client.call({ type, params }, 'whenBusy', signal);
  }
}

/** The failure of a change that the server neither confirmed nor made, with the message of the server. */
function notDone(change: 'rename' | 'delete', { json, details }: JsonResponse): SourceError {
  const isRename = change === 'rename';
  const serverMessage = readErrorValue(json)?.message ?? null;
  if (serverMessage === null) {
    const message = isRename
      ? l10n.t('The server did not rename the thread.')
      : l10n.t('The server did not delete the thread.');
    return new SourceError('server', message, details);
  }
  const reason = serverMessage.replace(/[.\s]+$/, '');
  const message = isRename
    ? l10n.t('The server did not rename the thread: {0}.', reason)
    : l10n.t('The server did not delete the thread: {0}.', reason);
  return new SourceError('server', message, details);
}

/** Reports tool calls that are pending although the conversation continued, while the pages of a thread are read. */
class LeftBehindCalls {
  /** Newest first: whether the pages before a cursor have an item that a user sees. By thread and cursor. */
  readonly #continued = new Map<string, boolean>();

  take(threadId: string, { order, after }: PageQuery, page: Page<ThreadItem>, report: ReportHere): void {
    const place = (cursor: string): string => `${threadId} ${cursor}`;
    const isNewestFirst = order === 'desc';
    let isContinued = isNewestFirst && after !== undefined && this.#continued.get(place(after)) === true;
    for (const item of isNewestFirst ? page.data : page.data.toReversed()) {
      if (isContinued && item.kind === 'client_tool_call' && item.status === 'open') {
        report(ruleIds.toolCallLeftBehind, { itemId: item.id, field: 'status' }, item.name);
      }
      isContinued ||= !isMarker(item);
    }
    if (!isNewestFirst || page.next === null) return;
    this.#continued.set(place(page.next), isContinued);
    keepNewest(this.#continued, maxProgress);
  }
}

/** Servers may change the case of an id, or remove white space. */
function sameId(one: string, other: string): boolean {
  return one === other || one.trim().toLowerCase() === other.trim().toLowerCase();
}

/** The order is always sent, because the default differs between ports (chatkit-api 5.4). */
function pageParams(page: { limit: number; order: Order; after: Cursor | undefined }): Record<string, string | number> {
  const { limit, order, after } = page;
  return { limit, order, ...(after === undefined ? {} : { after }) };
}

function checkQuery({ before }: PageQuery): void {
  if (before !== undefined) throw refused('this server cannot page backwards.', 'before');
}

function refused(message: string, param: string): SourceError {
  return new SourceError('invalidRequest', l10n.t('Nothing was sent: {0}', message), { param, mayHaveArrived: false });
}

/** One list of a server. */
interface ListRequest<T> {
  /** Identifies the list among all lists of the server. */
  readonly key: string;
  readonly ask: (query: {
    readonly limit: number;
    readonly order: Order;
    readonly after: Cursor | undefined;
  }) => Promise<JsonResponse>;
  /** Returns what reads the elements of a response: null for an element that cannot be used. */
  readonly reader: (response: JsonResponse) => (raw: Json) => T | null;
  /** ms since the epoch; null where unknown. */
  readonly timeOf: (element: T) => number | null;
  readonly report: ReportHere;
  /** Whether the list may be sorted by another time than the one of creation. */
  readonly mayBeByActivity: boolean;
}

/** Maximum number of elements of a list that is loaded as a whole because the server ignores the order. */
const maxWhole = 20_000;
/** Lists that are being read. */
const maxProgress = 64;
/** Marks a cursor that the server sent as a number: it is sent back as one. */
const numberMark = '\u0000number:';

/**
 * Reads the lists of a self-hosted server page by page (chatkit-api 5.4, C.1): follows cursors of any form, continues
 * after the last id where there is none, and ends where the server would never end. A list whose end was not reached has
 * more elements and no cursor.
 */
class ServerPages {
  readonly #progress = new Map<string, ListProgress>();
  /** Lists, by command, for which the server was found to ignore the order. */
  readonly #unordered = new Set<string>();

  async fetch<T>(query: PageQuery, list: ListRequest<T>): Promise<Page<T>> {
    const first = await this.#fetch(query, list);
    if (query.after !== undefined) return first.page;
    const arranged = arrangePage(first.page.data, query.order, list.timeOf);
    if (!arranged.isReversed) {
      if (arranged.found === 'mixed' && !list.mayBeByActivity) list.report(ruleIds.timesOutOfOrder, { field: 'data' });
      return first.page;
    }
    // Two times can differ by the clocks that set them, and a list by activity has another order than its times.
    const isCertain = !list.mayBeByActivity && arrangePage(first.page.data, query.order, list.timeOf, 3).isReversed;
    if (!(await this.#ignoresOrder(query, list, first.firstRaw)) && !isCertain) {
      if (!list.mayBeByActivity) list.report(ruleIds.timesOutOfOrder, { field: 'data' });
      return first.page;
    }
    list.report(ruleIds.orderIgnored, { field: 'order' }, query.order);
    return this.#whole(query, list, first.page);
  }

  /** Asks for the opposite order. The same first element means that the server does not look at the order. */
  async #ignoresOrder<T>(query: PageQuery, list: ListRequest<T>, first: Json | undefined): Promise<boolean> {
    if (this.#unordered.has(list.key)) return true;
    const order = query.order === 'asc' ? 'desc' : 'asc';
    // The elements are compared only, so that nothing about them is reported twice.
    const quiet: ListRequest<Json> = {
      ...list,
      reader: () => (raw) => raw,
      timeOf: () => null,
      report: () => undefined,
    };
    const { firstRaw: other } = await this.#fetch<Json>({ limit: query.limit, order }, quiet);
    const isSame = idOf(other) === null ? JSON.stringify(other) === JSON.stringify(first) : idOf(other) === idOf(first);
    if (isSame) this.#unordered.add(list.key);
    return isSame;
  }

  /** The first page in the wrong order is the other end of the list: only the whole list has the elements in question. */
  async #whole<T>(query: PageQuery, list: ListRequest<T>, first: Page<T>): Promise<Page<T>> {
    const data = [...first.data];
    const pages = [first.data];
    let page = first;
    while (page.hasMore && page.next !== null && data.length < maxWhole) {
      ({ page } = await this.#fetch({ ...query, limit: 100, after: page.next }, list));
      append(data, page.data);
      pages.push(page.data);
    }
    // Some go back from the newest page, and only the elements of a page are in the wrong order.
    const isByPage = arePagesInOrder(pages, query.order, list.timeOf);
    const inOrder = isByPage ? pages.flatMap((elements) => elements.toReversed()) : data.toReversed();
    return { data: inOrder, hasMore: page.hasMore, next: null };
  }

  /** One page with at least one element, unless the list has no more. */
  async #fetch<T>(
    { limit, order, after }: PageQuery,
    list: ListRequest<T>,
  ): Promise<{ readonly page: Page<T>; readonly firstRaw: Json | undefined }> {
    let cursor = after === undefined ? undefined : fromText(after);
    const progress = this.#take(list, order, after);
    for (;;) {
      const response = await list.ask({ limit, order, after: cursor });
      const wire = readPage(response.json);
      if (wire === null)
        throw new SourceError('invalidResponse', l10n.t('The response is not a page.'), response.details);
      const { fresh, state } = progress.add(wire, { after: cursor ?? null, limit });
      const read = list.reader(response);
      const data = (fresh as readonly Json[]).map((raw) => read(raw)).filter((element) => element !== null);
      if (data.length > 0 || state.kind !== 'more') {
        return { page: this.#keep(data, state, progress, list, order), firstRaw: wire.elements[0] as Json | undefined };
      }
      cursor = state.after;
    }
  }

  #keep<T>(
    data: readonly T[],
    state: ListState,
    progress: ListProgress,
    { key }: ListRequest<T>,
    order: Order,
  ): Page<T> {
    if (state.kind !== 'more') return { data, hasMore: state.kind === 'truncated', next: null };
    const next = toText(state.after);
    this.#progress.set(`${key} ${order} ${next}`, progress);
    keepNewest(this.#progress, maxProgress);
    return { data, hasMore: true, next };
  }

  /** The known pages before a cursor. Used once: the same page can be loaded again on its own. */
  #take<T>({ key, report }: ListRequest<T>, order: Order, after: string | undefined): ListProgress {
    const place = `${key} ${order} ${after ?? ''}`;
    const progress = after === undefined ? undefined : this.#progress.get(place);
    this.#progress.delete(place);
    return progress ?? new ListProgress({ report });
  }
}

function toText(cursor: Cursor): string {
  return typeof cursor === 'number' ? `${numberMark}${cursor}` : cursor;
}

function fromText(text: string): Cursor {
  return text.startsWith(numberMark) ? Number(text.slice(numberMark.length)) : text;
}

import * as l10n from '@vscode/l10n';
import { keepNewest } from '../../../base/common/lists.ts';
import { SourceError, isSourceError, notSentError, readOnlyError } from '../../common/errors.ts';
import type { Json, JsonObject } from '../../../base/common/json.ts';
import type { Capabilities, Order, Page, PageQuery, ThreadQuery, ThreadSource } from '../../common/threadSource.ts';
import { capabilitiesOf } from '../../common/capabilities.ts';
import { idOf } from '../../common/elementId.ts';
import type { Cursor } from '../../common/pageReply.ts';
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
import { ServerPages } from './serverPages.ts';
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
    this.#client = new ServerClient({ ...options, numericIds: this.#reading.numericIds });
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
      await this.#findForm(threadId, signal);
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
    if (user !== undefined) throw notSentError('this server cannot filter threads by user.', 'user');
    checkQuery(query);
    const location = { command: 'threads.list' };
    const page = await this.#pages.fetch(query, {
      key: 'threads.list',
      ask: (page) => this.#ask('threads.list', pageParams(page), signal),
      reader: ({ date }) => {
        const reading = this.#reading.at(location, date);
        return (raw) => toServerThread(raw, reading, 'list');
      },
      timeOf: ({ createdAt }) => createdAt,
      orderOf: () => null,
      report: this.#reading.at(location).report,
      mayBeByActivity: true,
    });
    for (const { id } of page.data) this.#reading.numericIds.noteText(id);
    return page;
  }

  async getThread(threadId: string, signal: AbortSignal): Promise<Thread> {
    await this.#findForm(threadId, signal);
    const answer = await this.#ask('threads.get_by_id', { thread_id: threadId }, signal);
    return this.#toThread(answer, { command: 'threads.get_by_id', threadId });
  }

  async listItems(threadId: string, query: PageQuery, signal: AbortSignal): Promise<Page<ThreadItem>> {
    checkQuery(query);
    await this.#findForm(threadId, signal);
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
      orderOf: orderOfMessages,
      report,
      mayBeByActivity: false,
    });
    this.#leftBehind.take(threadId, query, page, report);
    return page;
  }

  async deleteThread(threadId: string, signal: AbortSignal): Promise<void> {
    if (this.#connection.readOnly === true) throw readOnlyError();
    await this.#findForm(threadId, signal);
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

  /**
   * Finds out whether the server knows a thread by text or by a number, if its id consists of digits and the server has not
   * sent it yet: one that a user entered, or that the editor restores. A server may refuse the other form, or find nothing
   * and confirm a deletion.
   */
  async #findForm(threadId: string, signal: AbortSignal): Promise<void> {
    const { numericIds } = this.#reading;
    const number = numericIds.possibleNumber(threadId);
    if (number === null) return;
    if (await this.#isFound(threadId, signal)) numericIds.noteText(threadId);
    else if (await this.#isFound(number, signal)) numericIds.note(ruleIds.numericId, number);
  }

  async #isFound(id: Cursor, signal: AbortSignal): Promise<boolean> {
    const command = { type: 'threads.get_by_id', params: { thread_id: id } as JsonObject };
    try {
      const { json } = await this.#client.call(command, 'whenBusy', signal, () => undefined);
      const found = idOf(json);
      return found === null || sameId(found, String(id));
    } catch (error) {
      if (isSourceError(error, 'cancelled')) throw error;
      return false;
    }
  }

  /** Sends a command that is idempotent. */
  #ask(type: string, params: Readonly<Record<string, Cursor>>, signal: AbortSignal): Promise<JsonResponse> {
    // A cursor can be a bigint, which is printed as the number that the server sent.
    return this.#client.call({ type, params: params as JsonObject }, 'whenBusy', signal);
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

/** Threads whose pages are being read. */
const maxReading = 64;

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
    keepNewest(this.#continued, maxReading);
  }
}

/** The order of a page that starts or ends with a message of the user: a response follows its message. */
function orderOfMessages(items: readonly ThreadItem[]): Order | null {
  const shown = items.filter((item) => !isMarker(item));
  const [first, last] = [shown[0], shown.at(-1)].map((item) => item?.kind === 'user_message');
  if (first === last) return null;
  return first === true ? 'asc' : 'desc';
}

/** Servers may change the case of an id, or remove white space. */
function sameId(one: string, other: string): boolean {
  return one === other || one.trim().toLowerCase() === other.trim().toLowerCase();
}

/** The order is always sent, because the default differs between ports (chatkit-api 5.4). */
function pageParams(page: { limit: number; order: Order; after: Cursor | undefined }): Record<string, Cursor> {
  const { limit, order, after } = page;
  return { limit, order, ...(after === undefined ? {} : { after }) };
}

function checkQuery({ before }: PageQuery): void {
  if (before !== undefined) throw notSentError('this server cannot page backwards.', 'before');
}

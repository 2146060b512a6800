import * as l10n from '@vscode/l10n';
import { type Json, pathText } from '../../../base/common/json.ts';
import { findOrder } from '../../common/listOrder.ts';
import type { PageReply } from '../../common/pageReply.ts';
import { ListProgress } from '../../common/pages.ts';
import { ruleIds } from '../../common/protocolProblems/catalogue/ruleIds.ts';
import { SourceError, isSourceError, notSentError, readOnlyError } from '../../common/errors.ts';
import { capabilitiesOf } from '../../common/capabilities.ts';
import type { ThreadItem } from '../../common/model/item.ts';
import type { Thread } from '../../common/model/thread.ts';
import type { Capabilities, Page, PageQuery, ThreadQuery, ThreadSource } from '../../common/threadSource.ts';
import type { ProblemLocation, ReportHere } from '../../common/protocolProblems/problem.ts';
import { type SessionSource, checkCreateSession } from '../../common/sessionSource.ts';
import { toSession } from '../../common/wire/openai/session.ts';
import { ServerReading } from '../../common/wire/reading.ts';
import { readList } from '../../common/wire/openai/list.ts';
import { toItem } from '../../common/wire/openai/item.ts';
import { threadDeletedSchema, toThread } from '../../common/wire/openai/thread.ts';
import { readWith } from '../../common/wire/readWith.ts';
import type { Query } from './address.ts';
import { type ClientOptions, type JsonResponse, OpenAiClient } from './client.ts';

const path = ['chatkit', 'threads'];

/** Creates a source for hosted ChatKit, over its REST API (chatkit-api 1–4A): six calls with every parameter. */
export function createOpenAiSource(options: ClientOptions): ThreadSource {
  return new OpenAiSource(options);
}

class OpenAiSource implements ThreadSource {
  readonly cursors = 'itemId';
  readonly capabilities: Capabilities;
  readonly sessions?: SessionSource;
  readonly #client: OpenAiClient;
  readonly #reading: ServerReading;

  constructor(options: ClientOptions) {
    this.capabilities = capabilitiesOf(options.connection);
    this.#client = new OpenAiClient(options);
    this.#reading = new ServerReading({ problems: options.problems, required: 'seconds' });
    if (this.capabilities.sessions) this.sessions = createSessions(this.#client);
  }

  async listThreads({ user, ...query }: ThreadQuery, signal: AbortSignal): Promise<Page<Thread>> {
    checkQuery(query);
    if (user !== undefined && (user.length < 1 || user.length > 512)) {
      throw notSentError('The user of a filter must have 1 to 512 characters.', 'user');
    }
    const location = { command: 'GET /chatkit/threads' };
    return fetchPage(query, {
      fetchList: (page) => this.#get(path, location, signal, { ...queryOf(query, page), user }),
      reader: ({ date }) => {
        const here = this.#reading.at(location, date);
        return (raw) => toThread(raw, here);
      },
      timeOf: ({ createdAt }) => createdAt,
      report: this.#reading.at(location).report,
    });
  }

  async getThread(threadId: string, signal: AbortSignal): Promise<Thread> {
    const location = { command: 'GET /chatkit/threads/{thread_id}', threadId };
    const { json, details, date } = await this.#get([...path, threadId], location, signal);
    const thread = toThread(json, this.#reading.at(location, date));
    if (thread === null)
      throw new SourceError('invalidResponse', l10n.t('The response is not a ChatKit thread.'), details);
    return thread;
  }

  async listItems(threadId: string, query: PageQuery, signal: AbortSignal): Promise<Page<ThreadItem>> {
    checkQuery(query);
    const location = { command: 'GET /chatkit/threads/{thread_id}/items', threadId };
    return fetchPage(query, {
      fetchList: (page) => this.#get([...path, threadId, 'items'], location, signal, queryOf(query, page)),
      reader: ({ date }) => {
        const here = this.#reading.at(location, date);
        return (raw) => toItem(raw, threadId, here);
      },
      timeOf: ({ createdAt }) => createdAt,
      report: this.#reading.at(location).report,
    });
  }

  async deleteThread(threadId: string, signal: AbortSignal): Promise<void> {
    if (!this.capabilities.delete) throw readOnlyError();
    const { json, details } = await this.#client.call({
      method: 'DELETE',
      path: [...path, threadId],
      retry: 'idempotent',
      signal,
      location: { command: 'DELETE /chatkit/threads/{thread_id}', threadId },
    });
    const { deleted } = readWith(threadDeletedSchema, json, l10n.t('the confirmation of a deletion'), details);
    if (!deleted)
      throw new SourceError('server', l10n.t('The server reported that the thread was not deleted.'), details);
  }

  #get(
    segments: readonly string[],
    location: ProblemLocation,
    signal: AbortSignal,
    query?: Query,
  ): Promise<JsonResponse> {
    const base = { method: 'GET', path: segments, retry: 'idempotent', signal, location } as const;
    return this.#client.call(query === undefined ? base : { ...base, query });
  }
}

/** Returns all parameters of chatkit-api 1.4. The page's size and cursor override those of the query. */
function queryOf({ order, before }: PageQuery, { limit, after }: { limit: number; after: string | undefined }) {
  return { limit, order, after, before };
}

function checkQuery({ limit }: PageQuery): void {
  if (!Number.isInteger(limit) || limit < 1 || limit > 100) {
    throw notSentError('A page must have 1 to 100 elements.', 'limit');
  }
}

const sessionsPath = ['chatkit', 'sessions'];

/** Creates and cancels sessions (chatkit-api 2). The API has no other session operations. */
function createSessions(client: OpenAiClient): SessionSource {
  return {
    async create(body, signal, onWait) {
      const [problem] = checkCreateSession(body);
      if (problem !== undefined) {
        const message = `Nothing was sent: ${pathText(problem.path)} ${problem.message}.`;
        throw new SourceError('invalidRequest', message, { param: pathText(problem.path), mayHaveArrived: false });
      }
      // There is no idempotency key, so a repeated request may create a second session (chatkit-api 4A.3).
      const { json, details } = await client.call({
        method: 'POST',
        path: sessionsPath,
        body,
        retry: 'onlyIfNotArrived',
        signal,
        location: { command: 'POST /chatkit/sessions' },
        onWait,
      });
      return toSession(json, details);
    },

    async cancel(sessionId, signal) {
      const { json, details } = await client.call({
        method: 'POST',
        path: [...sessionsPath, sessionId, 'cancel'],
        retry: 'idempotent',
        signal,
        location: { command: 'POST /chatkit/sessions/{session_id}/cancel' },
      });
      return toSession(json, details).session;
    },
  };
}

/** Fetches part of a list. `limit` can be smaller than requested, and `after` can be a later cursor. */
type FetchList = (query: { readonly limit: number; readonly after: string | undefined }) => Promise<JsonResponse>;

interface ListRequest<T> {
  readonly fetchList: FetchList;
  /** Returns what reads the elements of a response: null for an element that cannot be used. */
  readonly reader: (response: JsonResponse) => (raw: Json) => T | null;
  /** ms since the epoch; null where unknown. */
  readonly timeOf: (element: T) => number | null;
  readonly report: ReportHere;
}

/** Maximum size of joined pages, in bytes. The remaining elements are part of the next page. */
const maxJoinedBytes = 256 * 1024 * 1024;

/**
 * Fetches one page of a list (chatkit-api 1.4, 1.5). If a response exceeds the size limit, the page is requested again
 * in smaller pages, which are joined, so that every thread can be read. A single element over the limit is an error. A
 * page whose end was not reached and that cannot be continued has more elements and no cursor.
 */
async function fetchPage<T>(query: PageQuery, list: ListRequest<T>): Promise<Page<T>> {
  const { fetchList, reader, report } = list;
  const data: T[] = [];
  const progress = new ListProgress({ report });
  // The elements next to `before` are the end of the requested range: a smaller page lacks the elements before them.
  const isBackwards = query.before !== undefined && query.after === undefined;
  let after = query.after;
  let limit = query.limit;
  let left = query.limit;
  let bytes = 0;
  for (;;) {
    const asked = { limit: Math.min(limit, left), after };
    const { wire, response, limit: used } = await fetchSmaller(fetchList, asked);
    limit = used;
    left -= wire.elements.length;
    bytes += response.bytes;
    const { fresh, state } = progress.add(wire, { after: after ?? null, limit: used });
    const read = reader(response);
    for (const raw of fresh as readonly Json[]) {
      const element = read(raw);
      if (element !== null) data.push(element);
    }
    const next = state.kind === 'more' ? String(state.after) : null;
    const isDone = isBackwards || next === null || left <= 0 || used >= query.limit || bytes > maxJoinedBytes;
    if (isDone) {
      checkOrder(data, query, list);
      return { data, hasMore: state.kind !== 'end', next };
    }
    after = next;
  }
}

/** The hosted API sorts by the time of creation (chatkit-api 1.4). */
function checkOrder<T>(data: readonly T[], { order }: PageQuery, { timeOf, report }: ListRequest<T>): void {
  const found = findOrder(data.map(timeOf));
  if (found === 'mixed') report(ruleIds.timesOutOfOrder, { field: 'data' });
  else if (found !== 'unknown' && found !== order) report(ruleIds.orderIgnored, { field: 'order' }, order);
}

/** Requests `limit` elements, then half as many, until the response is small enough. */
async function fetchSmaller(
  fetchList: FetchList,
  { limit, after }: { readonly limit: number; readonly after: string | undefined },
): Promise<{ readonly wire: PageReply; readonly response: JsonResponse; readonly limit: number }> {
  for (let size = limit; ; size = Math.floor(size / 2)) {
    try {
      const response = await fetchList({ limit: size, after });
      const wire = readList(response.json);
      if (wire === null)
        throw new SourceError('invalidResponse', l10n.t('The response is not a list.'), response.details);
      return { wire, response, limit: size };
    } catch (error) {
      if (!isSourceError(error, 'tooLarge')) throw error;
      if (size <= 1) throw tooLargeAlone(error);
    }
  }
}

function tooLargeAlone({ details }: SourceError): SourceError {
  return new SourceError(
    'tooLarge',
    'A single element of this list is larger than the maximum size of a response.',
    details,
  );
}

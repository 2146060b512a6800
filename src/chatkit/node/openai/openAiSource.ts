import * as z from 'zod';
import { type Json, pathText } from '../../../base/common/json.ts';
import { ListProgress, type PageReply, findOrder, idOf, readPage } from '../../common/pages.ts';
import { ruleIds } from '../../common/protocolProblems/catalogue/ruleIds.ts';
import { SourceError, isSourceError, readOnlyError } from '../../common/errors.ts';
import {
  type Capabilities,
  type Page,
  type PageQuery,
  type ThreadSource,
  readOnlyCapabilities,
} from '../../common/threadSource.ts';
import type { ReportHere } from '../../common/protocolProblems/problem.ts';
import { type SessionSource, checkCreateSession } from '../../common/sessionSource.ts';
import { toSession } from '../../common/wire/openai/session.ts';
import type { Log } from '../../../base/common/log.ts';
import { ServerReading } from '../../common/wire/reading.ts';
import { toItem } from '../../common/wire/openai/item.ts';
import { threadDeletedSchema, toThread } from '../../common/wire/openai/thread.ts';
import { fitsOf, readWith } from '../../common/wire/readWith.ts';
import { type ClientOptions, type JsonResponse, OpenAiClient } from './client.ts';

export interface OpenAiSourceOptions extends ClientOptions {
  readonly log: Log;
}

const path = ['chatkit', 'threads'];

/** Creates a source for hosted ChatKit, over its REST API (chatkit-api 1–4A): six calls with every parameter. */
export function createOpenAiSource(parts: OpenAiSourceOptions): ThreadSource {
  const { connection } = parts;
  const client = new OpenAiClient(parts);
  const capabilities = capabilitiesOf(connection.readOnly === true);
  const reading = new ServerReading({ problems: parts.problems, required: 'seconds' });

  const source: ThreadSource = {
    capabilities,
    cursors: 'itemId',

    async listThreads({ user, ...query }, signal) {
      checkQuery(query);
      if (user !== undefined && (user.length < 1 || user.length > 512)) {
        throw refused('The user to filter by has to have 1 to 512 characters.', 'user');
      }
      const location = { command: 'GET /chatkit/threads' };
      return fetchPage(query, {
        fetchList: (page) =>
          client.call({
            method: 'GET',
            path,
            query: { ...queryOf(query, page), user },
            retry: 'idempotent',
            signal,
            location,
          }),
        reader: ({ date }) => {
          const here = reading.at(location, date);
          return (raw) => toThread(raw, here);
        },
        timeOf: ({ createdAt }) => createdAt,
        report: reading.at(location).report,
      });
    },

    async getThread(threadId, signal) {
      const location = { command: 'GET /chatkit/threads/{thread_id}', threadId };
      const { json, details, date } = await client.call({
        method: 'GET',
        path: [...path, threadId],
        retry: 'idempotent',
        signal,
        location,
      });
      const thread = toThread(json, reading.at(location, date));
      if (thread === null) throw new SourceError('invalidResponse', 'The answer is not a ChatKit thread.', details);
      return thread;
    },

    async listItems(threadId, query, signal) {
      checkQuery(query);
      const location = { command: 'GET /chatkit/threads/{thread_id}/items', threadId };
      return fetchPage(query, {
        fetchList: (page) =>
          client.call({
            method: 'GET',
            path: [...path, threadId, 'items'],
            query: queryOf(query, page),
            retry: 'idempotent',
            signal,
            location,
          }),
        reader: ({ date }) => {
          const here = reading.at(location, date);
          return (raw) => toItem(raw, threadId, here);
        },
        timeOf: ({ createdAt }) => createdAt,
        report: reading.at(location).report,
      });
    },

    async deleteThread(threadId, signal) {
      if (!capabilities.delete) throw readOnlyError();
      const { json, details } = await client.call({
        method: 'DELETE',
        path: [...path, threadId],
        retry: 'idempotent',
        signal,
        location: { command: 'DELETE /chatkit/threads/{thread_id}', threadId },
      });
      const { deleted } = readWith(threadDeletedSchema, json, 'the confirmation of a deletion', details);
      if (!deleted) throw new SourceError('server', 'The server says that the thread was not deleted.', details);
    },
  };
  return capabilities.sessions ? { ...source, sessions: createSessions(client) } : source;
}

function capabilitiesOf(readOnly: boolean): Capabilities {
  return { ...readOnlyCapabilities, readOnly, filterByUser: true, delete: !readOnly, sessions: !readOnly };
}

/** Returns all parameters of chatkit-api 1.4. The page's size and cursor override those of the query. */
function queryOf({ order, before }: PageQuery, { limit, after }: { limit: number; after: string | undefined }) {
  return { limit, order, after, before };
}

function checkQuery({ limit }: PageQuery): void {
  if (!Number.isInteger(limit) || limit < 1 || limit > 100) {
    throw refused('A page has to have 1 to 100 elements.', 'limit');
  }
}

function refused(message: string, param: string): SourceError {
  return new SourceError('invalidRequest', `Nothing was sent: ${message}`, { param, mayHaveArrived: false });
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
    const { fresh, state } = progress.take(wire, { after: after ?? null, limit: used });
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
      if (wire === null) throw new SourceError('invalidResponse', 'The answer is not a list.', response.details);
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
    'One single element of this list is larger than what can be read at once.',
    details,
  );
}

/** The list envelope (chatkit-api 1.5). Its elements are read one by one, so that a broken one cannot sink the page. */
export const listSchema = z.object({
  object: z.string().nullish().catch(null),
  data: z.custom<readonly Json[]>(Array.isArray, 'expected array'),
  first_id: z.union([z.string(), z.number()]).nullish().catch(null),
  last_id: z.union([z.string(), z.number()]).nullish().catch(null),
  has_more: z.unknown().optional(),
});

const fitsList = fitsOf(listSchema);
const isList = (body: unknown): body is z.output<typeof listSchema> => fitsList(body);

/**
 * A list of the REST API as a page; null where the reply contains no list. The cursor of the page after it is `last_id`,
 * or the last element's own id where a server leaves it out.
 */
export function readList(body: Json): PageReply | null {
  const page = readPage(body);
  if (page === null) return page;
  const parsed = isList(body) ? { success: true as const, data: body } : listSchema.safeParse(body);
  if (!parsed.success) return page;
  const list = parsed.data;
  const { last_id: lastId } = list;
  const missing = (['object', 'first_id', 'last_id'] as const).filter((key) => list[key] === undefined);
  return {
    ...page,
    // An empty page has no last element, so there is nothing to continue after.
    hasMore: page.elements.length === 0 ? false : page.hasMore,
    after: lastId === undefined || lastId === null || lastId === '' ? idOf(page.elements.at(-1)) : lastId,
    deviations: [...page.deviations, ...missing.map((field) => ({ rule: ruleIds.listEnvelope, field }))],
  };
}

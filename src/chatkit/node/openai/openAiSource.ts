import { SourceError, readOnlyError } from '../../common/errors.ts';
import { pathText } from '../../../base/common/jsonPath.ts';
import { checkCreateSession } from '../../common/sessions/createSession.ts';
import type { SessionSource } from '../../common/sessions/sessionSource.ts';
import { toSession } from '../../common/wire/openai/session.ts';
import type { Log } from '../../../base/common/log.ts';
import {
  type Capabilities,
  type PageQuery,
  type ThreadSource,
  readOnlyCapabilities,
} from '../../common/threadSource.ts';
import { ServerReading } from '../../common/wire/reading.ts';
import { toItem } from '../../common/wire/openai/item.ts';
import { threadDeletedSchema, toThread } from '../../common/wire/openai/thread.ts';
import { readWith } from '../../common/wire/readWith.ts';
import { type ClientOptions, OpenAiClient } from './client.ts';
import { fetchPage } from './pages.ts';

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

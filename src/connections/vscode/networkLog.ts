import type { AttemptFacts, HttpRequest, Transport } from '../../chatkit/node/transport/types.ts';
import { parsedOrUndefined } from '../../base/common/parseJson.ts';
import { percentDecoded } from '../../base/common/plainText.ts';
import { plainUrl } from '../../base/common/plainUrl.ts';
import { Emitter } from '../../base/common/events.ts';
import { isRecord } from '../../base/common/json.ts';

/** One request of a connection, with all its attempts. Contains no secret. */
export interface Exchange {
  /** Unique in this window. */
  readonly id: number;
  readonly connectionId: string;
  /** Null for a request about no thread, or about one that does not exist yet. */
  readonly threadId: string | null;
  readonly method: string;
  /** Without user info and query. */
  readonly url: string;
  /** Query parameters of lists. */
  readonly query: string;
  /** The command in the protocol of self-hosted servers; null for the REST API and for uploads. */
  readonly command: string | null;
  /** Headers that the connection adds, by lower-case name; the value of a secret one is null. */
  readonly headers: Readonly<Record<string, string | null>>;
  /** The start of a text body; null for bytes and for no body. */
  readonly body: string | null;
  /** UTF-16 code units of a text body, else bytes. */
  readonly bodyLength: number;
  readonly attempts: readonly AttemptFacts[];
  /** ms since the epoch. */
  readonly startedAt: number;
}

interface Recorded extends Exchange {
  threadId: string | null;
  attempts: readonly AttemptFacts[];
}

/** Requests that are recorded for one connection, and the length of a recorded body, in UTF-16 code units. */
const maxExchanges = 300;
const maxBody = 64 * 1024;
const maxAttempts = 20;

/** The requests that each connection sent since the window was opened, in bounded memory. */
export class NetworkLog {
  readonly #all = new Map<string, Recorded[]>();
  readonly #changed = new Emitter<string>();
  #lastId = 0;

  /** Fires with the id of a connection when a request starts, receives its headers, or ends. */
  readonly onDidChange = this.#changed.on;

  /** The requests of a connection, oldest first. `threadId`: only those about this thread. */
  of(connectionId: string, threadId?: string): readonly Exchange[] {
    const all = this.#all.get(connectionId) ?? [];
    return threadId === undefined ? all : all.filter((exchange) => exchange.threadId === threadId);
  }

  /** Returns a transport that records the requests of a connection. */
  observe(connectionId: string, transport: Transport): Transport {
    const observed = (request: HttpRequest): HttpRequest => ({
      ...request,
      onAttempt: this.#record(connectionId, request),
    });
    return {
      request: (request) => transport.request(observed(request)),
      stream: (request) => transport.stream(observed(request)),
      routeTo: (origin) => transport.routeTo(origin),
      close: () => transport.close(),
    };
  }

  /** The server has created a thread with the last request that creates one. */
  noteCreated(connectionId: string, threadId: string): void {
    const exchange = this.#all.get(connectionId)?.findLast(({ command }) => command === 'threads.create');
    if (exchange === undefined || exchange.threadId !== null) return;
    exchange.threadId = threadId;
    this.#changed.fire(connectionId);
  }

  #record(connectionId: string, request: HttpRequest): NonNullable<HttpRequest['onAttempt']> {
    const { method, url, headers, secretHeaders, body, label } = request;
    const text = typeof body === 'string' ? body : null;
    this.#lastId += 1;
    const exchange: Recorded = {
      id: this.#lastId,
      connectionId,
      threadId: threadIdOf(url, text),
      method,
      url: plainUrl(url),
      query: URL.canParse(url) ? listQuery(new URL(url)) : '',
      command: label ?? null,
      headers: {
        ...headers,
        ...Object.fromEntries(Object.keys(secretHeaders).map((name) => [name.toLowerCase(), null])),
      },
      body: text?.slice(0, maxBody) ?? null,
      bodyLength: body?.length ?? 0,
      attempts: [],
      startedAt: Date.now(),
    };
    const all = this.#all.get(connectionId) ?? [];
    this.#all.set(connectionId, all);
    all.push(exchange);
    if (all.length > maxExchanges) all.shift();
    return (attempt) => {
      const others = exchange.attempts.filter(({ id }) => id !== attempt.id);
      exchange.attempts = [...others, attempt].slice(-maxAttempts);
      this.#changed.fire(connectionId);
    };
  }
}

const listParameters = ['limit', 'order', 'after', 'before'];

function listQuery({ searchParams }: URL): string {
  return [...searchParams]
    .filter(([name]) => listParameters.includes(name))
    .map(([name, value]) => `${name}=${value}`)
    .join('&');
}

/** The thread that a request is about: in the parameters of a command, or in the path of a REST operation. */
function threadIdOf(url: string, body: string | null): string | null {
  const inPath = /\/threads\/([^/?#]+)/.exec(url)?.[1];
  if (inPath !== undefined) return percentDecoded(inPath);
  // A message can contain megabytes; most requests have no thread.
  const json = body?.includes('"thread_id"') === true ? parsedOrUndefined(body) : null;
  const params = isRecord(json) ? json['params'] : null;
  const threadId = isRecord(params) ? params['thread_id'] : null;
  return typeof threadId === 'string' ? threadId : null;
}

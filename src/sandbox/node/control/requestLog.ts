import type { MiddlewareHandler } from 'hono';
import { bearerOf, sameSecret } from '../rest/auth.ts';
import type { SandboxEnv } from './faults.ts';

/** One received request. */
export interface RecordedRequest {
  readonly id: number;
  /** Time of receipt, in ms since the epoch. */
  readonly at: number;
  readonly method: string;
  /** Path and query, exactly as received. */
  readonly url: string;
  /** By lower-case name. The key is replaced with `[the key]`, other keys with `[another key]`. */
  readonly headers: Readonly<Record<string, string>>;
  /** Length of the body in bytes; null if it was not read. */
  bodyBytes: number | null;
  /** The body of a POST request with text content. */
  body: string | null;
  /** Null until the response is sent, and if the connection was dropped. */
  status: number | null;
  /** Kind of the fault that was applied. */
  readonly fault: string | null;
}

const maxRequests = 2000;
const maxBodyBytes = 1024 * 1024;
const maxTotalBytes = 32 * 1024 * 1024;

/** Records the requests to the sandbox, so that a test can count them and compare their bodies exactly. */
export class RequestLog {
  #requests: RecordedRequest[] = [];
  #count = 0;
  #bytes = 0;

  /** The last 2,000 requests, oldest first, with bodies of up to 1 MiB each and 32 MiB in total. */
  get requests(): readonly RecordedRequest[] {
    return this.#requests;
  }

  clear(): void {
    this.#requests = [];
    this.#bytes = 0;
  }

  middleware(apiKey: string, now: () => number): MiddlewareHandler<SandboxEnv> {
    return async (context, next) => {
      const { incoming } = context.env;
      const fault = context.get('fault')?.kind ?? null;
      const entry: RecordedRequest = {
        id: ++this.#count,
        at: now(),
        method: context.req.method,
        url: incoming.url ?? '',
        headers: redact(incoming.headers, apiKey),
        bodyBytes: null,
        body: null,
        status: null,
        fault,
      };
      this.#requests.push(entry);

      if (fault !== 'drop_unread') {
        const body = mayHaveBody(entry) ? new Uint8Array(await context.req.arrayBuffer()) : new Uint8Array();
        entry.bodyBytes = body.byteLength;
        if (entry.method === 'POST' && body.byteLength <= maxBodyBytes && isText(entry.headers)) {
          entry.body = new TextDecoder().decode(body);
          this.#bytes += body.byteLength;
        }
      }
      this.#removeOldest();
      await next();
      if (!incoming.socket.destroyed) entry.status = context.res.status;
    };
  }

  #removeOldest(): void {
    while (this.#requests.length > maxRequests || this.#bytes > maxTotalBytes) {
      const oldest = this.#requests.shift();
      if (oldest?.body != null) this.#bytes -= oldest.bodyBytes ?? 0;
    }
  }
}

/** Returns whether the body must be read; most requests are GET requests without a body. */
function mayHaveBody({ headers }: RecordedRequest): boolean {
  return 'transfer-encoding' in headers || Number(headers['content-length'] ?? 0) > 0;
}

function isText(headers: RecordedRequest['headers']): boolean {
  return !/^multipart\//i.test(headers['content-type'] ?? '');
}

function redact(headers: NodeJS.Dict<string | string[]>, apiKey: string): Record<string, string> {
  const flat = Object.entries(headers).map(([name, value]) => [name, [value].flat().join(', ')] as const);
  return Object.fromEntries(
    flat.map(([name, value]) => [
      name,
      name === 'authorization' ? whichKey(value, apiKey) : value.replaceAll(apiKey, '[the key]'),
    ]),
  );
}

function whichKey(value: string, apiKey: string): string {
  const bearer = bearerOf(value);
  return bearer !== null && sameSecret(bearer, apiKey) ? 'Bearer [the key]' : 'Bearer [another key]';
}

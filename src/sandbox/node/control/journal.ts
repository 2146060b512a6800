import type { MiddlewareHandler } from 'hono';
import { bearerOf, sameSecret } from '../rest/auth.ts';
import type { SandboxEnv } from './env.ts';

/** One request as it arrived. */
export interface RecordedRequest {
  readonly id: number;
  /** ms since the epoch. */
  readonly at: number;
  readonly method: string;
  /** Path and query, byte for byte as they came. */
  readonly url: string;
  /** Lower-case names; the key reads `[the key]`, another one `[another key]`. */
  readonly headers: Readonly<Record<string, string>>;
  /** Bytes of the body; null where it was never read. */
  bodyBytes: number | null;
  /** The body of a POST that is text. */
  body: string | null;
  /** Null while there is no answer, and for good where the connection was dropped. */
  status: number | null;
  /** The fault that met it. */
  readonly fault: string | null;
}

const keptRequests = 2000;
const keptBodyBytes = 1024 * 1024;
const keptBytes = 32 * 1024 * 1024;

/** What reached the sandbox, so that a test can count requests and compare bodies to the byte. */
export class Journal {
  #requests: RecordedRequest[] = [];
  #count = 0;
  #bytes = 0;

  /** Oldest first; only the last 2,000 are kept, with bodies up to 1 MiB each and 32 MiB in all. */
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
        if (entry.method === 'POST' && body.byteLength <= keptBodyBytes && isText(entry.headers)) {
          entry.body = new TextDecoder().decode(body);
          this.#bytes += body.byteLength;
        }
      }
      this.#forgetOldest();
      await next();
      if (!incoming.socket.destroyed) entry.status = context.res.status;
    };
  }

  #forgetOldest(): void {
    while (this.#requests.length > keptRequests || this.#bytes > keptBytes) {
      const oldest = this.#requests.shift();
      if (oldest?.body != null) this.#bytes -= oldest.bodyBytes ?? 0;
    }
  }
}

/** Only then is it read: most requests are a GET without one. */
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

/** How a failed request may be tried again (chatkit-api 4A.3, with the exceptions of the REST source). */
export type RetryPolicy =
  /** Nothing happens twice when it runs twice: GET, DELETE, cancel. */
  | 'idempotent'
  /** Only when no request can have reached the server, or it said 429 or `x-should-retry: true`. */
  | 'onlyIfNotArrived'
  | 'never';

export interface HttpRequest {
  readonly method: 'GET' | 'POST' | 'DELETE' | 'PUT';
  readonly url: string;
  /** Lower-case names. Secret headers go in `secretHeaders`: those never leave the origin of `url` and are never logged. */
  readonly headers: Readonly<Record<string, string>>;
  readonly secretHeaders: Readonly<Record<string, string>>;
  readonly body?: string | Uint8Array;
  readonly retry: RetryPolicy;
  readonly signal: AbortSignal;
  /** A wait before the next try began: `ms` long, because of `reason`. Shown to the user where somebody waits. */
  readonly onWait?: (wait: { readonly ms: number; readonly attempt: number; readonly reason: string }) => void;
  /** What the log shows after the path, e.g. a server command's name. */
  readonly label?: string;
}

export interface HttpResponse {
  readonly status: number;
  /** Lower-case names. */
  readonly headers: Readonly<Record<string, string>>;
  readonly requestId: string | null;
  readonly body: Uint8Array;
}

export interface StreamResponse {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly requestId: string | null;
  /** Ends when the server closes; throws `SourceError` when the connection breaks. Returning early closes it. */
  readonly chunks: AsyncIterable<Uint8Array>;
}

/** The only door to the network. Throws `SourceError`; a status outside 200–299 is returned, not thrown. */
export interface Transport {
  request(request: HttpRequest): Promise<HttpResponse>;
  /** Headers first, body as it comes. No retry. */
  stream(request: HttpRequest): Promise<StreamResponse>;
  close(): Promise<void>;
}

export interface TransportSettings {
  /** Connect and headers each, and the longest silence within a body; ms. */
  readonly timeoutMs: number;
  /** Tries after the first. */
  readonly maxRetries: number;
  /** Cap of one body; bytes. */
  readonly maxBodyBytes: number;
  readonly userAgent: string;
  /** Plain http to a host that is not loopback. */
  readonly allowInsecureHttp: (origin: string) => boolean;
  readonly network: NetworkSettings;
}

/** VS Code's `http.*` settings and the environment, read by the host floor. */
export interface NetworkSettings {
  readonly proxySupport: 'off' | 'on' | 'override' | 'fallback';
  /** `http.proxy`, or null. */
  readonly proxy: string | null;
  readonly proxyAuthorization: string | null;
  readonly noProxy: readonly string[];
  readonly strictSsl: boolean;
  readonly env: Readonly<Record<string, string | undefined>>;
}

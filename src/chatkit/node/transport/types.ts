/** How a failed request may be tried again (chatkit-api 4A.3, with the exceptions of the REST source). */
export type RetryPolicy =
  /** Nothing happens twice when it runs twice: GET, DELETE, cancel. */
  | 'idempotent'
  /**
   * The same for a self-hosted server, where a 500 is a bug or a missing thread and would be one again: tried again only
   * after a failed connection, and when it says that it is busy (408, 429, 502, 503, 504).
   */
  | 'whenBusy'
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
  /** Given where a server chose the address: an address of this computer or its network is refused. */
  readonly publicOnly?: boolean;
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

/** Access to the network. Throws `SourceError`; a status outside 200–299 is returned, not thrown. */
export interface Transport {
  request(request: HttpRequest): Promise<HttpResponse>;
  /** Headers first, body as it comes. No retry. */
  stream(request: HttpRequest): Promise<StreamResponse>;
  /** Returns how `origin` was last reached; null before its first response. */
  routeTo(origin: string): RouteInfo | null;
  /** Waits for pending requests, then closes all connections. */
  close(): Promise<void>;
}

/** The way that requests to one origin take, for *Test Connection*. */
export interface RouteInfo {
  /** `editorFetch`: the editor's own `fetch`, where only that knows the proxy (a script) or can sign in to it. */
  readonly via: 'direct' | 'proxy' | 'editorFetch';
  /** `host:port` of the proxy. */
  readonly proxy: string | null;
  /** IP address of the server; null where a proxy or the editor's own `fetch` connects to it. */
  readonly address: string | null;
  /** Who issued the server's certificate; null for plain http, and where the editor's own `fetch` serves. */
  readonly certificateIssuer: string | null;
  /** False where `http.proxyStrictSSL` is off and a proxy stands in between. */
  readonly certificateChecked: boolean;
}

export interface TransportSettings {
  /** Connect and headers each, and the longest silence within a body; ms. */
  readonly timeoutMs: number;
  /** Tries after the first. */
  readonly maxRetries: number;
  /** The longest silence within a stream, ms; none unless given, because a stream may be silent for long. */
  readonly streamIdleTimeoutMs?: number;
  /** Cap of one body, after decompression; bytes. */
  readonly maxBodyBytes: number;
  readonly userAgent: string;
  /** Plain http to a host that is not loopback. */
  readonly allowInsecureHttp: (origin: string) => boolean;
  readonly network: NetworkSettings;
  /** The editor's patched `fetch`; used for an origin once the direct way has failed for a reason that it can cure. */
  readonly editorFetch?: typeof fetch;
}

/** VS Code's `http.*` settings and the environment, read by the extension host. */
export interface NetworkSettings {
  readonly proxySupport: 'off' | 'on' | 'override' | 'fallback';
  /** `http.proxy`, or null. */
  readonly proxy: string | null;
  readonly proxyAuthorization: string | null;
  readonly noProxy: readonly string[];
  readonly strictSsl: boolean;
  readonly env: Readonly<Record<string, string | undefined>>;
}

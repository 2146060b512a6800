import type { RedirectReporter } from './redirects.ts';

/** When a failed request may be retried (chatkit-api 4A.3, with the exceptions of the REST source). */
export type RetryPolicy =
  /** Repeating the request has no further effect: GET, DELETE, cancel. */
  | 'idempotent'
  /**
   * The same for a self-hosted server. Its status 500 means a bug or a missing thread, so a retry would fail again.
   * Retries only after a failed connection and after 408, 429, 502, 503 or 504.
   */
  | 'whenBusy'
  /** Only if the request cannot have reached the server, or the response has status 429 or `x-should-retry: true`. */
  | 'onlyIfNotArrived'
  | 'never';

export interface HttpRequest {
  readonly method: 'GET' | 'POST' | 'DELETE' | 'PUT' | 'OPTIONS';
  readonly url: string;
  /**
   * Lower-case names. Secret headers belong in `secretHeaders`, which are sent only to the origin of `url` and never
   * logged.
   */
  readonly headers: Readonly<Record<string, string>>;
  readonly secretHeaders: Readonly<Record<string, string>>;
  readonly body?: string | Uint8Array;
  readonly retry: RetryPolicy;
  readonly signal: AbortSignal;
  /** Called before each wait of `ms` for another attempt, because of `reason`, so that the UI can show it. */
  readonly onWait?: (wait: { readonly ms: number; readonly attempt: number; readonly reason: string }) => void;
  /** True if a server provided the URL: an address of this computer or its network is rejected. */
  readonly publicOnly?: boolean;
  /** Called when an attempt starts, receives its headers, and ends. */
  readonly onAttempt?: (attempt: AttemptFacts) => void;
  /** Called for each redirect that the protocol does not expect. */
  readonly onRedirect?: RedirectReporter | undefined;
  /** Time that the server may at least take until the headers of the response, in ms, also where the setting is shorter. */
  readonly minTimeoutMs?: number | undefined;
  /** Text after the path in the log, such as the name of a server command. */
  readonly label?: string;
}

/** One attempt of a request, so far. Contains no secret. Times in ms since its start; null if not reached. */
export interface AttemptFacts {
  /** Unique in this window. */
  readonly id: number;
  /** ms since the epoch. */
  readonly startedAt: number;
  /** Connected, and the request is being written. */
  readonly connectedMs: number | null;
  /** The headers of the response were received. */
  readonly firstByteMs: number | null;
  readonly endMs: number | null;
  readonly status: number | null;
  /** Of the response, by lower-case name; the value of a header with credentials is null. */
  readonly headers: Readonly<Record<string, string | null>>;
  /** Bytes of the body that were received. */
  readonly bytes: number;
  /** Kind of the error; null if there was none. */
  readonly error: string | null;
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
  /** Resolves when the headers are received; the body is read as it arrives. Never retries. */
  stream(request: HttpRequest): Promise<StreamResponse>;
  /** Returns how `origin` was last reached; null before its first response. */
  routeTo(origin: string): RouteInfo | null;
  /** Waits for pending requests, then closes all connections. */
  close(): Promise<void>;
}

/** The route of requests to one origin, for *Test Connection*. */
export interface RouteInfo {
  /** `editorFetch`: the editor's own `fetch`, if only it supports the proxy (a proxy script or authentication). */
  readonly via: 'direct' | 'proxy' | 'editorFetch';
  /** `host:port` of the proxy. */
  readonly proxy: string | null;
  /** IP address of the server; null if a proxy or the editor's own `fetch` connects to it. */
  readonly address: string | null;
  /** Issuer of the server's certificate; null for plain http and for the editor's own `fetch`. */
  readonly certificateIssuer: string | null;
  /** False if `http.proxyStrictSSL` is off and a proxy is used. */
  readonly certificateChecked: boolean;
}

/** Maximum size of a response body in memory, in bytes. A page above this size is requested again in smaller pages. */
export const defaultMaxBodyBytes = 64 * 1024 * 1024;

export interface TransportSettings {
  /** Time limit for connecting, for the headers and between two chunks of a body, in ms. */
  readonly timeoutMs: number;
  /** Attempts after the first. */
  readonly maxRetries: number;
  /** Maximum time between two chunks of a stream, in ms. No limit by default, because streams can pause for long. */
  readonly streamIdleTimeoutMs?: number;
  /** Maximum size of one body after decompression, in bytes. */
  readonly maxBodyBytes: number;
  readonly userAgent: string;
  /** Returns whether plain http to a host that is not loopback is allowed. */
  readonly allowInsecureHttp: (origin: string) => boolean;
  readonly network: NetworkSettings;
  /**
   * The editor's patched `fetch`. Used for an origin after the direct route failed for a reason that it can resolve.
   */
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

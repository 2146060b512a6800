/** One finished request, for the log. Never contains a key, a secret or message contents. */
export interface RequestRecord {
  readonly method: string;
  /** Path and query without origin, see `loggedPath`; a self-hosted server's command name is appended in brackets. */
  readonly path: string;
  /** `host:port`. */
  readonly host: string;
  readonly status?: number;
  /** Duration from the first byte sent to the last byte received, in ms. */
  readonly ms: number;
  /** Body bytes received. */
  readonly bytes: number;
  readonly requestId?: string;
  /** Number of the attempt, from 0. */
  readonly attempt: number;
  /** Error kind if the request failed. */
  readonly error?: string;
}

export interface Log {
  request(record: RequestRecord): void;
  debug(message: string): void;
  info(message: string): void;
  warn(message: string): void;
  /** `error` keeps its stack. */
  error(message: string, error?: unknown): void;
}

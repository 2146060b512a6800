/** The proxy is why a request failed: it could not be reached, or it refused to pass the request on. */
export class ProxyError extends Error {
  override readonly name = 'ProxyError';
  /** Status of the proxy's answer; null where there was none. */
  readonly status: number | null;

  constructor(message: string, status: number | null, cause?: unknown) {
    super(message, cause === undefined ? undefined : { cause });
    this.status = status;
  }
}

/** A failure that the proxy caused: it could not be reached, or it rejected the request. */
export class ProxyError extends Error {
  override readonly name = 'ProxyError';
  /** Status of the proxy's response; null if there was none. */
  readonly status: number | null;

  constructor(message: string, status: number | null, cause?: unknown) {
    super(message, cause === undefined ? undefined : { cause });
    this.status = status;
  }
}

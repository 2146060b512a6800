/** Gives the secret headers of one connection, for the origin they were saved for and no other. */
export interface CredentialProvider {
  /**
   * Headers to add to a request to `origin` (`https://host[:port]`), names in lower case.
   * Throws `SourceError` kind `withheld` when there are none, or when they were saved for another origin.
   */
  headersFor(origin: string): Promise<Readonly<Record<string, string>>>;
  /**
   * Called after the server rejected the headers. Returns whether `headersFor` can now give others, so that the request
   * is worth repeating.
   */
  renew?(): boolean;
}

import type { Connection } from '../../chatkit/common/connection.ts';
import type { UploadQuestion } from '../../chatkit/node/server/client.ts';

/** Asks the user whether to upload a file to an origin that a server specified. */
export type AskToUpload = (connection: Connection, upload: UploadQuestion) => Promise<boolean>;

/**
 * The origins that the user allowed uploads to, per connection, until the window closes. A changed connection URL
 * requires new consent.
 */
export class UploadConsent {
  readonly #ask: AskToUpload;
  readonly #answers = new Map<string, Promise<boolean>>();

  constructor(ask: AskToUpload) {
    this.#ask = ask;
  }

  /** Asks once per origin; concurrent uploads share one question. A refusal is not saved. */
  async confirm(connection: Connection, upload: UploadQuestion): Promise<boolean> {
    const key = JSON.stringify([connection.id, connection.url, upload.origin]);
    const previous = this.#answers.get(key);
    if (previous !== undefined) return previous;
    const answer = this.#ask(connection, upload);
    this.#answers.set(key, answer);
    const agreed = await answer.catch(() => false);
    if (!agreed) this.#answers.delete(key);
    return agreed;
  }
}

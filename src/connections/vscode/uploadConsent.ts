import type { Connection } from '../../chatkit/common/connection.ts';
import type { UploadQuestion } from '../../chatkit/node/server/client.ts';

/** Asks the user whether a file may be sent to an origin that a server named. */
export type AskToUpload = (connection: Connection, upload: UploadQuestion) => Promise<boolean>;

/**
 * The origins that the user agreed to send files to, for each connection and for as long as this window is open. A
 * connection whose URL changes counts as another one.
 */
export class UploadConsent {
  readonly #ask: AskToUpload;
  readonly #answers = new Map<string, Promise<boolean>>();

  constructor(ask: AskToUpload) {
    this.#ask = ask;
  }

  /** Asks once for each origin; several files at the same time share the question. A refusal is not remembered. */
  async confirm(connection: Connection, upload: UploadQuestion): Promise<boolean> {
    const key = JSON.stringify([connection.id, connection.url, upload.origin]);
    const known = this.#answers.get(key);
    if (known !== undefined) return known;
    const answer = this.#ask(connection, upload);
    this.#answers.set(key, answer);
    const agreed = await answer.catch(() => false);
    if (!agreed) this.#answers.delete(key);
    return agreed;
  }
}

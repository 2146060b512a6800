import type * as vscode from 'vscode';
import { type Connection, isLoopback, originOf } from '../../chatkit/common/connection.ts';
import type { UploadQuestion } from '../../chatkit/node/server/client.ts';

const key = 'chatkit.insecureHttpOrigins';

/** The origins for which the user allowed plain HTTP. */
export class InsecureHttp {
  readonly #memento: vscode.Memento;

  constructor(memento: vscode.Memento) {
    this.#memento = memento;
  }

  isAllowed(origin: string): boolean {
    return this.#memento.get<readonly string[]>(key, []).includes(origin);
  }

  async allow(origin: string): Promise<void> {
    if (!this.isAllowed(origin))
      await this.#memento.update(key, [...this.#memento.get<readonly string[]>(key, []), origin]);
  }

  /** Returns true for an address that requires consent before anything is sent to it. */
  needsConsent(url: string): boolean {
    return new URL(url).protocol === 'http:' && !isLoopback(url) && !this.isAllowed(originOf(url));
  }
}

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

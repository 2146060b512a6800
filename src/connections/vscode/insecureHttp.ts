import type * as vscode from 'vscode';
import { isLoopback, originOf } from '../../chatkit/common/connection.ts';

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

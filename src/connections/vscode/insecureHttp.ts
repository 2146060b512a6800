import type * as vscode from 'vscode';
import { isLoopback, originOf } from '../../chatkit/common/connection.ts';

const key = 'chatkit.insecureHttpOrigins';

/** The origins that the user agreed to reach by plain http. */
export class InsecureHttp {
  readonly #state: vscode.Memento;

  constructor(state: vscode.Memento) {
    this.#state = state;
  }

  isAllowed(origin: string): boolean {
    return this.#state.get<readonly string[]>(key, []).includes(origin);
  }

  async allow(origin: string): Promise<void> {
    if (!this.isAllowed(origin))
      await this.#state.update(key, [...this.#state.get<readonly string[]>(key, []), origin]);
  }

  /** True for an address that nothing may be sent to before the user agrees. */
  needsConsent(url: string): boolean {
    return new URL(url).protocol === 'http:' && !isLoopback(url) && !this.isAllowed(originOf(url));
  }
}

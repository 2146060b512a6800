import * as vscode from 'vscode';
import { isSourceError } from '../../../chatkit/common/errors.ts';
import type { Connections, CredentialState } from '../../../connections/vscode/services.ts';

/** The state of each connection's credentials for its row. Read once, without a request; read again after a change. */
export class CredentialStates implements vscode.Disposable {
  readonly #connections: Connections;
  readonly #changed = new vscode.EventEmitter<string>();
  readonly #states = new Map<string, CredentialState>();
  /** By connection ID; a new object for each reading, so that an outdated one is ignored. */
  readonly #reading = new Map<string, object>();

  /** The state of the connection with this ID became known, or has changed. */
  readonly onDidChange = this.#changed.event;

  constructor(connections: Connections) {
    this.#connections = connections;
  }

  /** Returns undefined until it is read. `onDidChange` fires then. */
  get(connectionId: string): CredentialState | undefined {
    if (!this.#states.has(connectionId) && !this.#reading.has(connectionId)) void this.#read(connectionId);
    return this.#states.get(connectionId);
  }

  forget(connectionId: string): void {
    this.#states.delete(connectionId);
    this.#reading.delete(connectionId);
  }

  dispose(): void {
    this.#changed.dispose();
  }

  async #read(connectionId: string): Promise<void> {
    const reading = {};
    this.#reading.set(connectionId, reading);
    try {
      const state = await this.#connections.credentialState(connectionId);
      if (this.#reading.get(connectionId) !== reading) return;
      this.#reading.delete(connectionId);
      this.#states.set(connectionId, state);
      // The row is drawn without a note: only a problem changes it.
      if (state === 'missing' || state === 'otherOrigin') this.#changed.fire(connectionId);
    } catch (error) {
      // The connection was removed in the meantime.
      if (!isSourceError(error, 'notFound')) throw error;
    }
  }
}

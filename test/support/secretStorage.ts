import * as vscode from 'vscode';

/** How a double of SecretStorage misbehaves. */
export type SecretFault = 'none' | 'throws' | 'forgets';

/** A SecretStorage in memory, for cases that the editor's storage cannot produce. */
export class SecretStorageDouble {
  readonly values = new Map<string, string>();
  readonly #changed = new vscode.EventEmitter<vscode.SecretStorageChangeEvent>();
  readonly onDidChange = this.#changed.event;
  readonly calls: string[] = [];
  readonly #fault: SecretFault;

  constructor(fault: SecretFault = 'none') {
    this.#fault = fault;
  }

  async get(key: string): Promise<string | undefined> {
    this.#call('get');
    return this.values.get(key);
  }

  async store(key: string, value: string): Promise<void> {
    this.#call('store');
    if (this.#fault !== 'forgets') this.values.set(key, value);
    this.#changed.fire({ key });
  }

  async delete(key: string): Promise<void> {
    this.#call('delete');
    this.values.delete(key);
    this.#changed.fire({ key });
  }

  /** Simulates a save by another window. */
  saveElsewhere(key: string, value: string): void {
    this.values.set(key, value);
    this.#changed.fire({ key });
  }

  #call(name: string): void {
    this.calls.push(name);
    if (this.#fault === 'throws') throw new Error('The keyring is locked');
  }
}

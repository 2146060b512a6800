import type * as vscode from 'vscode';
import { onDispose } from '../disposables.ts';

/** Loads what stands behind the doors, once; resolves when all of them are filled. */
export type Load = () => Promise<unknown>;

/** What the editor may ask for from activation on, and what is loaded when it does. */
export class Late<T> {
  readonly #load: Load;
  #value: T | undefined;

  constructor(load: Load) {
    this.#load = load;
  }

  fill(value: T): vscode.Disposable {
    this.#value = value;
    return onDispose(() => (this.#value = undefined));
  }

  /** Rejects where the extension is being shut down. */
  async get(): Promise<T> {
    if (this.#value === undefined) await this.#load();
    return this.filled();
  }

  /** For whoever was given something of it already. Throws where the extension is being shut down. */
  filled(): T {
    if (this.#value === undefined) throw new Error('ChatKit Inspector has been deactivated.');
    return this.#value;
  }
}

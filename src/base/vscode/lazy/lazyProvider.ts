import type * as vscode from 'vscode';
import { onDispose } from '../disposables.ts';

/** Loads the main bundle, once. Resolves when every lazy provider has its implementation. */
export type LoadMain = () => Promise<unknown>;

/** A provider that is registered at activation. Its implementation is loaded on first use. */
export class LazyProvider<T> {
  readonly #loadMain: LoadMain;
  #provider: T | undefined;

  constructor(loadMain: LoadMain) {
    this.#loadMain = loadMain;
  }

  setProvider(provider: T): vscode.Disposable {
    this.#provider = provider;
    return onDispose(() => (this.#provider = undefined));
  }

  /** Loads the main bundle if necessary. Rejects while the extension is being deactivated. */
  async get(): Promise<T> {
    if (this.#provider === undefined) await this.#loadMain();
    return this.loaded();
  }

  /** Returns the implementation, for callers that have received something from it. Throws while the extension is being deactivated. */
  loaded(): T {
    if (this.#provider === undefined) throw new Error('ChatKit Inspector has been deactivated.');
    return this.#provider;
  }
}

import type * as vscode from 'vscode';

/** Owns what it is given. What is added after it was disposed is disposed at once, so nothing started late leaks. */
export class Disposables implements vscode.Disposable {
  readonly #items = new Set<vscode.Disposable>();
  #disposed = false;

  get isDisposed(): boolean {
    return this.#disposed;
  }

  /** Takes ownership and hands the item back. */
  add<T extends vscode.Disposable>(item: T): T {
    if (this.#disposed) item.dispose();
    else this.#items.add(item);
    return item;
  }

  /** Takes ownership of several at once. */
  push(...items: readonly vscode.Disposable[]): void {
    for (const item of items) this.add(item);
  }

  /** Disposes in the reverse order of adding: what was built on others goes first. */
  dispose(): void {
    if (this.#disposed) return;
    this.#disposed = true;
    for (const item of [...this.#items].reverse()) item.dispose();
    this.#items.clear();
  }
}

/** A disposable that runs `action` once. */
export function onDispose(action: () => void): vscode.Disposable {
  let done = false;
  return {
    dispose() {
      if (done) return;
      done = true;
      action();
    },
  };
}

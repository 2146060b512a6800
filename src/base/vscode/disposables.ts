import type * as vscode from 'vscode';

/** Owns disposables. One that is added after disposal is disposed immediately. */
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

  /** Disposes in reverse order, because later items depend on earlier ones. */
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

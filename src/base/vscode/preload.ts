import type * as vscode from 'vscode';

interface PreloadOptions<T> {
  /** Starts loading; called at most once by this function, but may have been called before. */
  readonly load: () => void;
  /** Delay in ms, when nothing needs the bundle yet. */
  readonly delayMs: number;
  /** The documents that are open now, and the event for later ones. */
  readonly open: readonly T[];
  readonly onDidOpen: vscode.Event<T>;
  /** Whether the bundle must react to a document without a request of the user or the editor. */
  readonly isUrgent: (document: T) => boolean;
}

/** Loads the main bundle after a delay, or at once when a document needs it. Cancelled when disposed. */
export function preload<T>({ load, delayMs, open, onDidOpen, isUrgent }: PreloadOptions<T>): vscode.Disposable {
  const start = (): void => {
    dispose();
    load();
  };
  const timer = setTimeout(start, open.some(isUrgent) ? 0 : delayMs);
  const subscription = onDidOpen((document) => {
    if (isUrgent(document)) start();
  });
  function dispose(): void {
    clearTimeout(timer);
    subscription.dispose();
  }
  return { dispose };
}

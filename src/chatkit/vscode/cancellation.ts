import type * as vscode from 'vscode';
import { isSourceError } from '../common/errors.ts';

/** Runs `action` with an `AbortSignal` that fires when the editor's token is cancelled. */
export async function withSignal<T>(
  token: vscode.CancellationToken,
  action: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const controller = new AbortController();
  if (token.isCancellationRequested) controller.abort();
  const subscription = token.onCancellationRequested(() => controller.abort());
  try {
    return await action(controller.signal);
  } finally {
    subscription.dispose();
  }
}

/** True for everything that means "the user or a newer request called it off": nothing to report. */
export function isCancellation(error: unknown): boolean {
  if (isSourceError(error, 'cancelled')) return true;
  return error instanceof Error && ['AbortError', 'Canceled', 'CancellationError'].includes(error.name);
}

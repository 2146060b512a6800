import type * as vscode from 'vscode';
import { showProgress } from '../../../base/vscode/messages/notifications.ts';

/** Delay in ms before progress is shown. */
const progressDelayMs = 400;

/** Runs `task` and shows cancellable progress if it is slow. `report` sets the message of the progress. */
export async function showProgressIfSlow<T>(
  options: { readonly title: string; readonly location: vscode.ProgressLocation },
  task: (signal: AbortSignal, report: (message: string) => void) => Promise<T>,
): Promise<T> {
  const controller = new AbortController();
  let show: (message: string) => void = () => undefined;
  const work = task(controller.signal, (message) => show(message));
  let timer: NodeJS.Timeout | undefined;
  const slow = new Promise<'slow'>((resolve) => {
    timer = setTimeout(() => resolve('slow'), progressDelayMs);
  });
  try {
    if ((await Promise.race([work, slow])) !== 'slow') return await work;
  } finally {
    clearTimeout(timer);
  }
  return showProgress({ ...options, cancellable: true }, async (report, token) => {
    show = (message) => report({ message });
    const subscription = token.onCancellationRequested(() => controller.abort());
    try {
      return await work;
    } finally {
      subscription.dispose();
    }
  });
}

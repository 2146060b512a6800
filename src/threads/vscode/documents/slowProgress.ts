import type * as vscode from 'vscode';
import { showProgress } from '../../../base/vscode/messages/progress.ts';

/** What is done sooner shows no progress, ms. */
const progressDelayMs = 400;

/** Runs `task`; if it takes long, shows a progress that can be cancelled. `report` takes what the progress says. */
export async function showProgressIfSlow<T>(
  options: { readonly title: string; readonly location: vscode.ProgressLocation },
  task: (signal: AbortSignal, report: (message: string) => void) => Promise<T>,
): Promise<T> {
  const controller = new AbortController();
  let show: (message: string) => void = () => undefined;
  const work = task(controller.signal, (message) => show(message));
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<'late'>((resolve) => {
    timer = setTimeout(() => resolve('late'), progressDelayMs);
  });
  try {
    if ((await Promise.race([work, late])) !== 'late') return await work;
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

import * as vscode from 'vscode';
import { showProgress } from '../../base/vscode/messages/notifications.ts';
import { withSignal } from '../../chatkit/vscode/notify.ts';

/** Runs a task with a progress that the user can cancel. `report` shows a message beside the title. */
export function cancellable<T>(
  title: string,
  task: (signal: AbortSignal, report: (message: string) => void) => Promise<T>,
): Thenable<T> {
  const options = { location: vscode.ProgressLocation.Notification, title, cancellable: true };
  return showProgress(options, (report, token) =>
    withSignal(token, (signal) => task(signal, (message) => report({ message }))),
  );
}

import * as vscode from 'vscode';
import { inertText } from './inertText.ts';

interface ProgressStep {
  readonly message?: string;
  /** Percent that this step adds. */
  readonly increment?: number;
}

/** Runs `task` with a progress whose title and messages hold no links. */
export function showProgress<T>(
  options: vscode.ProgressOptions,
  task: (report: (step: ProgressStep) => void, token: vscode.CancellationToken) => Thenable<T>,
): Thenable<T> {
  const title = options.title === undefined ? {} : { title: inertText(options.title) };
  return vscode.window.withProgress({ ...options, ...title }, (progress, token) =>
    task(
      ({ message, ...step }) =>
        progress.report(message === undefined ? step : { ...step, message: inertText(message) }),
      token,
    ),
  );
}

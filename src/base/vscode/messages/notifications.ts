import * as vscode from 'vscode';
import { inertLines, inertText, withoutIcons } from './inertText.ts';

/** Shows a notification without links. Resolves to the pressed button. */
export function showInformation(message: string, ...buttons: readonly string[]): Thenable<string | undefined> {
  return vscode.window.showInformationMessage(inertText(message), ...buttons);
}

/** The same, as a warning. */
export function showWarning(message: string, ...buttons: readonly string[]): Thenable<string | undefined> {
  return vscode.window.showWarningMessage(inertText(message), ...buttons);
}

/** The same, as an error. */
export function showError(message: string, ...buttons: readonly string[]): Thenable<string | undefined> {
  return vscode.window.showErrorMessage(inertText(message), ...buttons);
}

interface ModalQuestion {
  readonly severity: 'information' | 'warning' | 'error';
  readonly question: string;
  /** Several lines. */
  readonly detail: string;
}

/** Asks in a dialog. Resolves to the button that was pressed, undefined when the user cancels. */
export function askModal(
  { severity, question, detail }: ModalQuestion,
  ...buttons: readonly string[]
): Thenable<string | undefined> {
  const message = inertText(question);
  const options = { modal: true, detail: inertLines(detail) };
  switch (severity) {
    case 'information':
      return vscode.window.showInformationMessage(message, options, ...buttons);
    case 'warning':
      return vscode.window.showWarningMessage(message, options, ...buttons);
    case 'error':
      return vscode.window.showErrorMessage(message, options, ...buttons);
  }
}

/** Shows a text in the status bar for `ms`, with `icon` (a codicon's name) as its only icon. */
export function showStatus(text: string, ms: number, icon?: string): void {
  const inert = withoutIcons(inertText(text));
  vscode.window.setStatusBarMessage(icon === undefined ? inert : `$(${icon}) ${inert}`, ms);
}

/** Shows a message without links above the rows of a tree view, of several lines if need be; an empty one hides it. */
export function setTreeMessage(tree: Pick<vscode.TreeView<unknown>, 'message'>, message: string): void {
  const inert = inertLines(message);
  // Setting the same message delays the rows by 0.2 s: the editor batches the changes of a view.
  if (inert !== (tree.message ?? '')) tree.message = inert;
}

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

import * as vscode from 'vscode';
import { inertLines, inertText } from './inertText.ts';

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

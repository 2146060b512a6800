import * as vscode from 'vscode';
import { inertText } from './inertText.ts';

/** Makes an input box whose prompt holds no links. */
export function createPrompt(prompt: string): vscode.InputBox {
  const box = vscode.window.createInputBox();
  box.prompt = inertText(prompt);
  return box;
}

/** Shows a problem of an input box, without links; undefined clears it. */
export function showProblem(
  box: vscode.InputBox,
  problem: string | undefined,
  severity = vscode.InputBoxValidationSeverity.Error,
): void {
  box.validationMessage = problem === undefined ? undefined : { message: inertText(problem), severity };
}

import * as vscode from 'vscode';
import { inertText } from './inertText.ts';

/** Makes an input box whose prompt holds no links. */
export function createPrompt(prompt: string): vscode.InputBox {
  const box = vscode.window.createInputBox();
  box.prompt = inertText(prompt);
  return box;
}

/** What is wrong with the text in an input box, without links; undefined where nothing is. */
export function showProblem(
  box: vscode.InputBox,
  problem: string | undefined,
  severity = vscode.InputBoxValidationSeverity.Error,
): void {
  box.validationMessage = problem === undefined ? undefined : { message: inertText(problem), severity };
}

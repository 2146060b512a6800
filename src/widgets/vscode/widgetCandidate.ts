import * as vscode from 'vscode';
import { maybeWidget } from '../common/preview/maybeWidget.ts';
import { ContextKey } from '../../chatkit/vscode/commands.ts';
import { contextKeys } from '../../chatkit/vscode/ids.ts';

/** Delay after a change of the text before it is checked again, in ms. */
const debounceMs = 300;
/** Maximum number of characters that are checked. */
const maxChecked = 200_000;

/** Updates the context key that shows the preview command in the title of an editor whose document may contain a widget. */
export function watchWidgetCandidate(): vscode.Disposable {
  const isCandidate = new ContextKey<boolean>(contextKeys.widgetCandidate);
  let timer: NodeJS.Timeout | undefined;
  const update = () => {
    const document = vscode.window.activeTextEditor?.document;
    isCandidate.set(document !== undefined && mayContainWidget(document));
  };
  update();
  return vscode.Disposable.from(
    vscode.window.onDidChangeActiveTextEditor(update),
    vscode.workspace.onDidChangeTextDocument(({ document }) => {
      if (document !== vscode.window.activeTextEditor?.document) return;
      clearTimeout(timer);
      timer = setTimeout(update, debounceMs);
    }),
    { dispose: () => clearTimeout(timer) },
  );
}

function mayContainWidget(document: vscode.TextDocument): boolean {
  if (!/^jsonc?$/.test(document.languageId)) return false;
  const end = document.positionAt(maxChecked);
  return maybeWidget(document.getText(new vscode.Range(new vscode.Position(0, 0), end)));
}

import * as vscode from 'vscode';
import { maybeWidget } from '../common/preview/maybeWidget.ts';
import { ContextKey } from '../../chatkit/vscode/contextKey.ts';
import { contextKeys } from '../../chatkit/vscode/ids.ts';

/** Typing settles before the text is looked at again, ms. */
const settled = 300;
/** Characters that are looked through. */
const lookedAt = 200_000;

/** Tells the editor whether what it shows in front may hold a widget, so that its title offers the preview. */
export function watchCandidates(): vscode.Disposable {
  const isCandidate = new ContextKey<boolean>(contextKeys.widgetCandidate);
  let timer: NodeJS.Timeout | undefined;
  const look = () => {
    const document = vscode.window.activeTextEditor?.document;
    isCandidate.set(document !== undefined && mayHoldWidget(document));
  };
  look();
  return vscode.Disposable.from(
    vscode.window.onDidChangeActiveTextEditor(look),
    vscode.workspace.onDidChangeTextDocument(({ document }) => {
      if (document !== vscode.window.activeTextEditor?.document) return;
      clearTimeout(timer);
      timer = setTimeout(look, settled);
    }),
    { dispose: () => clearTimeout(timer) },
  );
}

function mayHoldWidget(document: vscode.TextDocument): boolean {
  if (!/^jsonc?$/.test(document.languageId)) return false;
  const end = document.positionAt(lookedAt);
  return maybeWidget(document.getText(new vscode.Range(new vscode.Position(0, 0), end)));
}

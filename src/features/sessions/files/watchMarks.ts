import * as vscode from 'vscode';
import { Disposables } from '../../../host/disposables.ts';
import { isSessionFile } from './names.ts';

/** Typing settles before a file is read anew, ms. */
const settled = 150;

/** Marks open session files, again whenever they, the connections (`onDidChange`) or the trust in the workspace change. */
export function watchSessionFiles(
  onDidChange: vscode.Event<unknown>,
  marksOf: (document: vscode.TextDocument) => Promise<readonly vscode.Diagnostic[]>,
): vscode.Disposable {
  const own = new Disposables();
  const marks = own.add(vscode.languages.createDiagnosticCollection('chatkit-session'));
  const waiting = new Map<vscode.TextDocument, NodeJS.Timeout>();

  async function mark(document: vscode.TextDocument): Promise<void> {
    const { version } = document;
    const found = await marksOf(document);
    if (document.isClosed || document.version !== version || own.isDisposed) return;
    marks.set(document.uri, found);
  }
  function soon(document: vscode.TextDocument, ms: number): void {
    if (!isSessionFile(document.uri)) return;
    clearTimeout(waiting.get(document));
    waiting.set(
      document,
      setTimeout(() => void mark(document), ms),
    );
  }
  const all = (): void => vscode.workspace.textDocuments.forEach((document) => soon(document, 0));

  own.push(
    vscode.workspace.onDidOpenTextDocument((document) => soon(document, 0)),
    vscode.workspace.onDidChangeTextDocument(({ document }) => soon(document, settled)),
    vscode.workspace.onDidCloseTextDocument((document) => {
      clearTimeout(waiting.get(document));
      waiting.delete(document);
      marks.delete(document.uri);
    }),
    vscode.workspace.onDidGrantWorkspaceTrust(all),
    onDidChange(all),
    { dispose: () => waiting.forEach((timer) => clearTimeout(timer)) },
  );
  all();
  return own;
}

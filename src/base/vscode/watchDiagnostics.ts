import * as vscode from 'vscode';
import { Disposables } from './disposables.ts';

/** Typing settles before a file is read anew, ms. */
const settled = 150;

export interface DiagnosticsOptions {
  /** Of the collection. */
  readonly name: string;
  readonly matches: (document: vscode.TextDocument) => boolean;
  /** Fires when something else that the marks depend on changed. */
  readonly onDidChange: vscode.Event<unknown>;
  readonly diagnosticsOf: (
    document: vscode.TextDocument,
  ) => readonly vscode.Diagnostic[] | Promise<readonly vscode.Diagnostic[]>;
}

/** Marks open files of one kind with their problems; again whenever they, or what else counts, change. */
export function watchDiagnostics({
  name,
  matches,
  onDidChange,
  diagnosticsOf: marksOf,
}: DiagnosticsOptions): vscode.Disposable {
  const own = new Disposables();
  const marks = own.add(vscode.languages.createDiagnosticCollection(name));
  const waiting = new Map<vscode.TextDocument, NodeJS.Timeout>();

  async function mark(document: vscode.TextDocument): Promise<void> {
    const { version } = document;
    const found = await marksOf(document);
    if (document.isClosed || document.version !== version || own.isDisposed) return;
    marks.set(document.uri, found);
  }
  function soon(document: vscode.TextDocument, ms: number): void {
    if (!matches(document)) return;
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
    onDidChange(all),
    { dispose: () => waiting.forEach((timer) => clearTimeout(timer)) },
  );
  all();
  return own;
}

/** Fires when one of two events does. */
export function eitherOf(one: vscode.Event<unknown>, other: vscode.Event<unknown>): vscode.Event<unknown> {
  return (listener) =>
    vscode.Disposable.from(
      one(() => listener(undefined)),
      other(() => listener(undefined)),
    );
}

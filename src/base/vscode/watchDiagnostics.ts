import * as vscode from 'vscode';
import { Disposables } from './disposables.ts';

/** Delay after the last keystroke before a file is checked. */
const debounceMs = 150;

interface DiagnosticsOptions {
  /** Of the collection. */
  readonly name: string;
  readonly matches: (document: vscode.TextDocument) => boolean;
  /** Fires when other data that the diagnostics depend on changed. */
  readonly onDidChange: vscode.Event<unknown>;
  readonly diagnosticsOf: (
    document: vscode.TextDocument,
  ) => readonly vscode.Diagnostic[] | Promise<readonly vscode.Diagnostic[]>;
}

/** Shows the problems of open files of one kind, and updates them on each change. */
export function watchDiagnostics({ name, matches, onDidChange, diagnosticsOf }: DiagnosticsOptions): vscode.Disposable {
  const own = new Disposables();
  const collection = own.add(vscode.languages.createDiagnosticCollection(name));
  const waiting = new Map<vscode.TextDocument, NodeJS.Timeout>();

  async function check(document: vscode.TextDocument): Promise<void> {
    const { version } = document;
    const found = await diagnosticsOf(document);
    if (document.isClosed || !matches(document) || document.version !== version || own.isDisposed) return;
    collection.set(document.uri, found);
  }
  function soon(document: vscode.TextDocument, ms: number): void {
    clearTimeout(waiting.get(document));
    if (!matches(document)) {
      collection.delete(document.uri);
      return;
    }
    waiting.set(
      document,
      setTimeout(() => void check(document), ms),
    );
  }
  const all = (): void => vscode.workspace.textDocuments.forEach((document) => soon(document, 0));

  own.push(
    vscode.workspace.onDidOpenTextDocument((document) => soon(document, 0)),
    vscode.workspace.onDidChangeTextDocument(({ document }) => soon(document, debounceMs)),
    vscode.workspace.onDidCloseTextDocument((document) => {
      clearTimeout(waiting.get(document));
      waiting.delete(document);
      collection.delete(document.uri);
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

import * as vscode from 'vscode';
import { Disposables } from '../../host/disposables.ts';
import { customEditors } from '../../host/ids.ts';
import { WidgetPageHost } from './pageHost.ts';
import type { WidgetParts } from './parts.ts';
import { showText, textColumn } from './textEditors.ts';

/**
 * Fills the custom editor of a `.widget` file. Its document is the text editor's own: changes, undo and saving are that
 * one's. Opened by somebody it brings its text along, beside; not where it is one side of a comparison, nor after a
 * reload, when the tabs are as they were left.
 */
export function fillWidgetEditor(parts: WidgetParts, document: vscode.TextDocument, panel: vscode.WebviewPanel): void {
  const own = new Disposables();
  const page = own.add(
    new WidgetPageHost({
      parts,
      webview: panel.webview,
      document,
      onFresh: () => {
        if (panel.visible && isInFront(document.uri) && textColumn(document.uri) === undefined) {
          void showText(document, { preserveFocus: true });
        }
      },
    }),
  );
  own.push(
    panel.onDidChangeViewState(() => {
      if (!panel.visible) page.hide();
    }),
    panel.onDidDispose(() => own.dispose()),
  );
}

function isInFront(uri: vscode.Uri): boolean {
  return vscode.window.tabGroups.all.some(({ activeTab }) => {
    const input = activeTab?.input;
    return (
      input instanceof vscode.TabInputCustom &&
      input.viewType === customEditors.widget &&
      input.uri.toString() === uri.toString()
    );
  });
}

import type * as vscode from 'vscode';
import { Disposables } from '../../base/vscode/disposables.ts';
import { WidgetPageHost } from './previewController.ts';
import type { WidgetServices } from './widgetServices.ts';

/**
 * Fills the custom editor of a `.widget` file. Its document is the text editor's own: changes, undo and saving are that
 * one's.
 */
export function fillWidgetEditor(
  parts: WidgetServices,
  document: vscode.TextDocument,
  panel: vscode.WebviewPanel,
): void {
  const own = new Disposables();
  const page = own.add(new WidgetPageHost({ parts, webview: panel.webview, document }));
  own.push(
    panel.onDidChangeViewState(() => {
      if (!panel.visible) page.hide();
    }),
    panel.onDidDispose(() => own.dispose()),
  );
}

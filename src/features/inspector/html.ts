import { randomBytes } from 'node:crypto';
import * as vscode from 'vscode';
import type { InspectorPageState } from '../../protocol/inspector.ts';
import { shellHtml } from '../../protocol/shell.ts';
import type { PreviewPageState } from '../../protocol/widgetPreview.ts';

/** Where a page's files are, and all that it may read from the disk. */
export function pageRoot(extensionUri: vscode.Uri): vscode.Uri {
  return vscode.Uri.joinPath(extensionUri, 'dist', 'webview');
}

/** HTML of one of our pages; `page` is the name of its bundle. */
export function pageHtml(
  webview: vscode.Webview,
  extensionUri: vscode.Uri,
  title: string,
  state: InspectorPageState | PreviewPageState,
  page: 'inspector' | 'widgetPreview' = 'inspector',
): string {
  const root = pageRoot(extensionUri);
  const address = (file: string) => webview.asWebviewUri(vscode.Uri.joinPath(root, file)).toString();
  return shellHtml({
    nonce: randomBytes(16).toString('base64'),
    cspSource: webview.cspSource,
    script: address(`${page}.js`),
    styles: [address('codicon.css'), address(`${page}.css`)],
    locale: vscode.env.language,
    title,
    state: JSON.stringify(state),
  });
}

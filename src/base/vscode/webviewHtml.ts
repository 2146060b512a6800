import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import * as vscode from 'vscode';
import * as z from 'zod';
import { type RpcMessage, encodeMessage } from '../common/rpc.ts';
import { renderWebviewHtml } from '../common/webviewHtml.ts';

/** Where a page's files are, and all that it may read from the disk. */
export function webviewRoot(extensionUri: vscode.Uri): vscode.Uri {
  return vscode.Uri.joinPath(extensionUri, 'dist', 'webview');
}

const preloadLists = z.record(z.string(), z.array(z.string()));
let preloads: z.infer<typeof preloadLists> | undefined;

/** Files that a page needs beside its bundle, from its root. Written when the extension was built. */
function preloadsOf(page: string, root: vscode.Uri): readonly string[] {
  preloads ??= preloadLists.parse(JSON.parse(readFileSync(vscode.Uri.joinPath(root, 'preloads.json').fsPath, 'utf8')));
  return preloads[page] ?? [];
}

/** HTML of one of our pages; `page` is the name of its bundle. */
export function webviewHtml(
  webview: vscode.Webview,
  extensionUri: vscode.Uri,
  title: string,
  state: object,
  page = 'inspector',
): string {
  const root = webviewRoot(extensionUri);
  const address = (file: string) => webview.asWebviewUri(vscode.Uri.joinPath(root, file)).toString();
  return renderWebviewHtml({
    nonce: randomBytes(16).toString('base64'),
    cspSource: webview.cspSource,
    script: address(`${page}.js`),
    preloads: preloadsOf(page, root).map(address),
    styles: [address('codicon.css'), address(`${page}.css`)],
    locale: vscode.env.language,
    title,
    state: JSON.stringify(state),
    translations: vscode.l10n.bundle && JSON.stringify(vscode.l10n.bundle),
  });
}

/** Returns what sends the messages of the host to a page, whose `connectHost` receives them. */
export function postTo(webview: vscode.Webview): (message: RpcMessage) => void {
  return (message) => void webview.postMessage(encodeMessage(message));
}

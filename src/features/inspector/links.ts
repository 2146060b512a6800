import * as vscode from 'vscode';

/** Opens a link of a page in the browser, after the editor's own question. Anything but `https:` and `mailto:` is refused. */
export async function openLink(url: string): Promise<void> {
  const address = URL.canParse(url) ? new URL(url) : undefined;
  if (address?.protocol !== 'https:' && address?.protocol !== 'mailto:') return;
  await vscode.env.openExternal(vscode.Uri.parse(address.href, true));
}

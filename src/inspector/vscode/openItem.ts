import * as vscode from 'vscode';
import type { ItemRef } from '../../chatkit/common/refs.ts';
import { runCommand } from '../../chatkit/vscode/commands.ts';
import { documentScheme } from '../../chatkit/vscode/ids.ts';
import { documentPath } from '../../threads/vscode/documents/documentRef.ts';

/** Opens an item in a read-only editor: its JSON, or its text where that is too large for the page. */
export async function openItem(ref: ItemRef, as: 'json' | 'text'): Promise<void> {
  if (as === 'json') {
    await runCommand('chatkit.openJson', ref);
    return;
  }
  const uri = vscode.Uri.from({ scheme: documentScheme, path: documentPath({ ...ref, form: 'txt' }) });
  await vscode.window.showTextDocument(uri, { preview: true });
}

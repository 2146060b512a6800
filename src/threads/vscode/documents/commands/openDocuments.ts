import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import { runEditorCommand } from '../../../../chatkit/vscode/commands.ts';
import { isCancellation, confirm } from '../../../../chatkit/vscode/notify.ts';
import type { DocumentRef } from '../documentRef.ts';
import type { ThreadDocuments } from '../threadDocuments.ts';
import type { Services } from '../../../../connections/vscode/services.ts';
import type { Targets } from '../../targets.ts';

/** Services for the commands that open documents. */
export interface DocumentsServices {
  readonly services: Services;
  readonly targets: Targets;
  readonly documents: ThreadDocuments;
}

/** Maximum number of documents that are opened without confirmation. */
const maxWithoutConfirmation = 10;

/** Loads and opens documents, one after the other. Cancelling one skips the rest. */
export async function openDocuments(documents: ThreadDocuments, refs: readonly DocumentRef[]): Promise<void> {
  if (refs.length > maxWithoutConfirmation) {
    const question = l10n.t('Open {0} documents?', refs.length);
    if (!(await confirm(question, '', l10n.t('Open')))) return;
  }
  for (const ref of refs) {
    try {
      await documents.load(ref, vscode.ProgressLocation.Notification);
    } catch (error) {
      if (isCancellation(error)) return;
      throw error;
    }
    await runEditorCommand('vscode.open', documents.uri(ref), { preview: refs.length === 1 });
  }
}

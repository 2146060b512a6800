import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import type { ThreadRef } from '../../../chatkit/common/model/thread.ts';
import type { DocumentRef } from './documentRef.ts';
import { type Target, type Targets, pickThreads } from '../targets.ts';
import { runEditorCommand } from '../../../chatkit/vscode/commands.ts';
import { confirm, isCancellation } from '../../../chatkit/vscode/notify.ts';
import type { ThreadDocuments } from './threadDocuments.ts';
import type { Services } from '../../../connections/vscode/services.ts';

/** Services for the commands that open documents. */
interface DocumentsServices {
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

/** *Open Thread as JSON*, *Open Item as JSON*: opens threads or items as the server sent them. */
export async function openJson(
  { services, targets, documents }: DocumentsServices,
  row?: ThreadRef & { readonly itemId?: string },
  rows?: readonly Target[],
): Promise<void> {
  const found = (await targets.rows(row, rows)).flatMap(({ connectionId, threadId, itemId }): DocumentRef[] => {
    if (connectionId === undefined || threadId === undefined) return [];
    return [{ connectionId, threadId, form: 'json', ...(itemId === undefined ? {} : { itemId }) }];
  });
  if (found.length > 0 || row !== undefined) return openDocuments(documents, found);
  const picked = await pickThreads(services.connections, { title: l10n.t('Open Thread as JSON'), many: false });
  await openDocuments(
    documents,
    picked.map((ref): DocumentRef => ({ ...ref, form: 'json' })),
  );
}

/** *Open Thread as Markdown Transcript*: opens threads with all their items. */
export async function openTranscript(
  { targets, documents }: DocumentsServices,
  row?: ThreadRef,
  rows?: readonly ThreadRef[],
): Promise<void> {
  const options = { title: l10n.t('Open Thread as Markdown Transcript'), many: false };
  const threads = await targets.threads(row, rows, options);
  await openDocuments(
    documents,
    threads.map((ref): DocumentRef => ({ ...ref, form: 'md' })),
  );
}

import * as l10n from '@vscode/l10n';
import type { ThreadRef } from '../../../../chatkit/common/model/thread.ts';
import type { DocumentRef } from '../documentRef.ts';
import { openDocuments, type DocumentsServices } from './openDocuments.ts';

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

import * as l10n from '@vscode/l10n';
import type { ThreadRef } from '../../../../chatkit/common/model/thread.ts';
import { type Target, pickThreads } from '../../targets.ts';
import type { DocumentRef } from '../documentRef.ts';
import { type DocumentsServices, openDocuments } from './openDocuments.ts';

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

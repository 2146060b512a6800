import * as l10n from '@vscode/l10n';
import type { ThreadRef } from '../../../chatkit/common/model/thread.ts';
import { focusedRow } from '../../../chatkit/vscode/ids.ts';
import { deleteThreads } from '../deleteThreads.ts';
import type { ThreadsServices } from './threadsServices.ts';

/** *Delete Thread…*: deletes the threads of the rows, or threads the user picks, after one confirmation. */
export async function deleteThread(
  { services, targets, view, exportFirst }: ThreadsServices,
  row?: ThreadRef | typeof focusedRow,
  rows?: readonly ThreadRef[],
): Promise<void> {
  const threads = await targets.threads(row, rows, {
    title: l10n.t('Delete Threads'),
    many: true,
    can: (connectionId) => view.model.store(connectionId)?.capabilities.delete === true,
  });
  const run = () => deleteThreads(view.model, services.log, threads, exportFirst);
  const last = threads.at(-1);
  // The menu of the inspector has no row: the focus remains there.
  const isRow = row === focusedRow || (row !== undefined && 'type' in row);
  if (last === undefined || !isRow) await run();
  else await view.selectingSuccessor(last, run);
}

import * as l10n from '@vscode/l10n';
import type { Connection } from '../../chatkit/common/connection.ts';
import { SourceError } from '../../chatkit/common/errors.ts';
import type { Thread, ThreadRef } from '../../chatkit/common/model/thread.ts';
import { inParallel } from '../../chatkit/common/store/requests.ts';
import { formatMessage } from '../../base/vscode/messages/inertText.ts';
import { showWarning } from '../../base/vscode/messages/notifications.ts';
import type { ExportReport } from '../node/exportThreads.ts';
import { holdsThread } from '../node/verify.ts';
import type { Services } from '../../connections/vscode/services.ts';
import type { ExportedFirst } from '../../threads/vscode/deleteThreads.ts';
import { chooseFormat, chooseTarget } from './choose.ts';
import { threadsOf } from './exportThreads.ts';
import { type ExportPlan, reportExport, runExport } from './runExport.ts';

/** Maximum number of concurrent requests. */
const maxConcurrentRequests = 4;

/** By connection ID. */
type WrittenExports = Map<string, Pick<ExportPlan, 'format'> & Pick<ExportReport, 'files'>>;

/**
 * Exports threads before they are deleted. Returns the threads that can be deleted: completely written, verified, and without
 * newer items on the server. Returns none when the user cancels.
 */
export async function exportForDeletion(services: Services, refs: readonly ThreadRef[]): Promise<ExportedFirst> {
  const safe: ThreadRef[] = [];
  const exports: WrittenExports = new Map();
  for (const connectionId of new Set(refs.map((ref) => ref.connectionId))) {
    const connection = services.connections.get(connectionId);
    if (connection === undefined) continue;
    const threads = await threadsOf(services, connection, refs);
    const plan = await choosePlan(connection, threads);
    if (plan === undefined) continue;
    const report = await runExport(services, plan);
    exports.set(connectionId, { format: plan.format, files: report.files });
    safe.push(...(await unchanged(services, connection, report)));
    // Does not wait for the notification. Threads that failed are not deleted; the user can retry from the tree.
    void reportExport(services, plan, report, false);
  }
  return { threads: safe, check: (ref) => checkFile(exports, ref) };
}

/**
 * Reads back the export of a thread directly before the thread is deleted, because the file can have changed.
 * @throws SourceError `withheld` when the file does not contain the thread.
 */
async function checkFile(exports: WrittenExports, { connectionId, threadId }: ThreadRef): Promise<void> {
  const { format, files } = exports.get(connectionId) ?? {};
  const written = files?.get(threadId);
  if (format !== undefined && written !== undefined && (await holdsThread(written, format))) return;
  const sentence = l10n.t('Not deleted, because its exported file has changed or is missing. Export it again.');
  throw new SourceError('withheld', sentence, { nextStep: 'none' });
}

async function choosePlan(connection: Connection, threads: readonly Thread[]): Promise<ExportPlan | undefined> {
  const scope = { type: 'threads', threads } as const;
  const form = await chooseFormat(scope, 'complete');
  const target = form && (await chooseTarget(scope, form.format, form.redacted));
  return form && target && { connection, scope, ...form, target, resume: false };
}

/** Returns the threads whose newest item is still the last exported item. */
export async function unchanged(
  { connections, log }: Pick<Services, 'connections' | 'log'>,
  { id: connectionId, name }: Connection,
  { written, newestItems }: ExportReport,
): Promise<readonly ThreadRef[]> {
  const source = connections.source(connectionId);
  const { signal } = new AbortController();
  const safe: ThreadRef[] = [];
  const changed: Thread[] = [];
  await inParallel(written, maxConcurrentRequests, signal, async (thread) => {
    try {
      const { data } = await source.listItems(thread.id, { limit: 1, order: 'desc' }, signal);
      if ((data[0]?.id ?? null) === (newestItems.get(thread.id) ?? null)) {
        safe.push({ connectionId, threadId: thread.id });
        return;
      }
    } catch (error) {
      log.error(`Could not check whether ${thread.id} has changed since its export`, error);
    }
    changed.push(thread);
  });
  if (changed.length > 0) {
    void showWarning(
      changed.length === 1
        ? formatMessage(
            l10n.t('Exported 1 thread of “{0}” but did not delete it, because it may have changed. Export it again.'),
            name,
          )
        : formatMessage(
            l10n.t(
              'Exported {0} threads of “{1}” but did not delete them, because they may have changed. Export them again.',
            ),
            changed.length,
            name,
          ),
    );
  }
  return safe;
}

import * as l10n from '@vscode/l10n';
import type { Connection } from '../../chatkit/common/connection.ts';
import { SourceError } from '../../chatkit/common/errors.ts';
import type { Thread } from '../../chatkit/common/model/thread.ts';
import type { ThreadRef } from '../../chatkit/common/refs.ts';
import { inParallel } from '../../chatkit/common/store/inParallel.ts';
import { formatMessage } from '../../base/vscode/messages/inertText.ts';
import { showWarning } from '../../base/vscode/messages/notifications.ts';
import type { ExportReport } from '../node/exportThreads.ts';
import { holdsThread } from '../node/verify.ts';
import type { Services } from '../../connections/vscode/services.ts';
import type { ExportedFirst } from '../../threads/vscode/deletion/deleteThreads.ts';
import { chooseFormat, chooseTarget } from './choose.ts';
import { threadsOf } from './exportThreads.ts';
import type { ExportPlan } from './plan.ts';
import { reportExport } from './report.ts';
import { runExport } from './runExport.ts';

/** Requests at once. */
const maxConcurrentRequests = 4;

/** By the connection's id. */
type WrittenExports = Map<string, Pick<ExportPlan, 'format'> & Pick<ExportReport, 'files'>>;

/**
 * Exports threads that are about to be deleted. Returns those that may be: completely written, read back, and without newer
 * items on the server. None when the user leaves.
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
    // Whoever reads the message need not be waited for; what failed is not deleted, and may be tried again from the tree.
    void reportExport(services, plan, report, false);
  }
  return { threads: safe, check: (ref) => checkFile(exports, ref) };
}

/**
 * Reads back the whole export of a thread, right before the thread is deleted: since it was written, anything may have
 * happened to the file.
 * @throws SourceError `withheld` when the file does not hold the thread.
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
  const form = await chooseFormat(threads.length === 1, 'whole');
  const target = form && (await chooseTarget(scope, form.format, form.redacted));
  return form && target && { connection, scope, ...form, target, resume: false };
}

/** Threads that still end with the item that was exported last. */
export async function unchanged(
  { connections, log }: Pick<Services, 'connections' | 'log'>,
  { id: connectionId, name }: Connection,
  { written, newestItems }: ExportReport,
): Promise<readonly ThreadRef[]> {
  const source = connections.source(connectionId);
  const { signal } = new AbortController();
  const safe: ThreadRef[] = [];
  const grown: Thread[] = [];
  await inParallel(written, maxConcurrentRequests, signal, async (thread) => {
    try {
      const { data } = await source.listItems(thread.id, { limit: 1, order: 'desc' }, signal);
      if ((data[0]?.id ?? null) === (newestItems.get(thread.id) ?? null)) {
        safe.push({ connectionId, threadId: thread.id });
        return;
      }
    } catch (error) {
      log.error(`Whether ${thread.id} changed since it was exported could not be asked`, error);
    }
    grown.push(thread);
  });
  if (grown.length > 0) {
    void showWarning(
      formatMessage(
        l10n.t('{0} threads of “{1}” were exported, but not deleted: they may have changed since. Export them again.'),
        grown.length,
        name,
      ),
    );
  }
  return safe;
}

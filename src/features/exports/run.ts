import { setTimeout } from 'node:timers/promises';
import * as vscode from 'vscode';
import type { Thread } from '../../domain/model/thread.ts';
import type { ThreadSource } from '../../domain/threadSource.ts';
import { withSignal } from '../../host/cancellation.ts';
import { Redactor } from '../../domain/export/redact.ts';
import { wireReaderOf } from '../../io/exportFile/exportedFileSource.ts';
import { exportThreads } from '../../io/exportFile/exportThreads.ts';
import type { ExportProgress, ExportReport } from '../../io/exportFile/exportThreads.ts';
import type { Services } from '../services.ts';
import type { ExportPlan } from './plan.ts';

/** Exports with a progress that says how far it is and can be cancelled; what is done then stays. */
export async function runExport({ connections }: Services, plan: ExportPlan): Promise<ExportReport> {
  const source = connections.source(plan.connection.id);
  const wire = wireReaderOf(plan.connection.kind);
  const total = plan.scope.type === 'threads' ? plan.scope.threads.length : null;
  const options = {
    location: vscode.ProgressLocation.Notification,
    title: vscode.l10n.t('Exporting threads of “{0}”', plan.connection.name),
    cancellable: true,
  };
  return vscode.window.withProgress(options, (progress, token) =>
    withSignal(token, (signal) =>
      exportThreads({
        source,
        threads: plan.scope.type === 'threads' ? plan.scope.threads : allThreads(source, plan.scope.user, signal),
        format: plan.format,
        target: plan.target,
        resume: plan.resume,
        header: {
          version: 1,
          exportedAt: new Date().toISOString(),
          connection: plan.redacted
            ? { name: 'redacted', kind: plan.connection.kind, url: 'https://redacted.example' }
            : { name: plan.connection.name, kind: plan.connection.kind, url: plan.connection.url },
          ...(plan.redacted ? { redacted: true } : {}),
        },
        redactor: plan.redacted ? new Redactor() : null,
        reread: wire,
        signal,
        onProgress: (step) => progress.report({ message: describe(step, total) }),
        sleep: (ms, stop) => setTimeout(ms, undefined, { signal: stop }),
      }),
    ),
  );
}

function describe({ threadsDone, itemsOfThread, waitingMs, thread }: ExportProgress, total: number | null): string {
  const count =
    total === null
      ? vscode.l10n.t('thread {0}', threadsDone + 1)
      : vscode.l10n.t('thread {0} of {1}', threadsDone + 1, total);
  const name = thread.title ?? thread.id;
  return waitingMs === null
    ? vscode.l10n.t('{0}: {1}, {2} items', count, name, itemsOfThread)
    : vscode.l10n.t('{0}: the server asks to wait {1} s', count, Math.ceil(waitingMs / 1000));
}

/** Every thread of the connection, page by page. */
async function* allThreads(source: ThreadSource, user: string | null, signal: AbortSignal): AsyncGenerator<Thread> {
  const used = new Set<string>();
  let after: string | undefined;
  for (;;) {
    const page = await source.listThreads(
      { limit: 100, order: 'desc', ...(after === undefined ? {} : { after }), ...(user === null ? {} : { user }) },
      signal,
    );
    yield* page.data;
    if (!page.hasMore || page.next === null || used.has(page.next)) return;
    used.add(page.next);
    after = page.next;
  }
}

/** What is said afterwards: nothing that succeeded is lost, and what failed is named. */
export function summarise({ written, skipped, failed, cancelled, listError }: ExportReport): string {
  const parts = [vscode.l10n.t('{0} exported', written.length)];
  if (skipped.length > 0) parts.push(vscode.l10n.t('{0} were there already', skipped.length));
  if (failed.length > 0) parts.push(vscode.l10n.t('{0} failed', failed.length));
  if (cancelled) parts.push(vscode.l10n.t('cancelled; export again to continue'));
  else if (listError !== null) {
    parts.push(vscode.l10n.t('the list of threads ended early: {0}', listError.message));
  }
  return parts.join(' · ');
}

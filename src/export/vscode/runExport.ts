import { basename, join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import type { Connection } from '../../chatkit/common/connection.ts';
import type { Thread } from '../../chatkit/common/model/thread.ts';
import type { ExportFormat } from '../node/verify.ts';
import type { ThreadSource } from '../../chatkit/common/threadSource.ts';
import { confirm, withSignal } from '../../chatkit/vscode/notify.ts';
import { Redactor } from '../common/redact.ts';
import { formatMessage } from '../../base/vscode/messages/inertText.ts';
import { showProgress } from '../../base/vscode/messages/notifications.ts';
import { wireReaderOf } from '../node/exportSource.ts';
import { type ExportReport, exportThreads } from '../node/exportThreads.ts';
import { type WaitOptions, everyPage, pageSize } from '../../chatkit/common/everyPage.ts';
import type { ExportProgress } from '../node/exportRequest.ts';
import type { Services } from '../../connections/vscode/services.ts';
import { ExportLedger } from '../node/ledger.ts';

/** Exports with cancellable progress. Threads that were written before a cancellation remain. */
export async function runExport(services: Services, plan: ExportPlan): Promise<ExportReport> {
  const options = {
    location: vscode.ProgressLocation.Notification,
    title: formatMessage(l10n.t('Exporting threads of “{0}”'), plan.connection.name),
    cancellable: true,
  };
  return showProgress(options, (report, token) =>
    withSignal(token, (signal) => executePlan(services, plan, signal, (message) => report({ message }))),
  );
}

/** Executes a plan. `reportProgress` receives progress messages. */
export async function executePlan(
  services: Services,
  { connection, scope, format, redacted, target, resume }: ExportPlan,
  signal: AbortSignal,
  reportProgress: (message: string) => void,
  mayReplace = askToReplace,
): Promise<ExportReport> {
  const source = services.connections.source(connection.id);
  const total = scope.type === 'threads' ? scope.threads.length : null;
  const sleep = (ms: number, stop: AbortSignal) => setTimeout(ms, undefined, { signal: stop });
  const onWait = (ms: number) => reportProgress(l10n.t('waiting {0} s for the rate limit', Math.ceil(ms / 1000)));
  return exportThreads({
    source,
    threads: scope.type === 'threads' ? scope.threads : allThreads(source, scope.user, { signal, sleep, onWait }),
    format,
    target,
    resume,
    ledger: ledgerOf(services),
    mayReplace,
    header: {
      version: 1,
      exportedAt: new Date().toISOString(),
      connection: redacted
        ? { name: 'redacted', kind: connection.kind, url: 'https://redacted.example' }
        : { name: connection.name, kind: connection.kind, url: connection.url },
      ...(redacted ? { redacted: true } : {}),
    },
    redactor: redacted ? new Redactor() : null,
    reread: wireReaderOf(connection.kind),
    signal,
    onProgress: (step) => reportProgress(describe(step, total)),
    sleep,
  });
}

function describe({ threadsDone, itemsOfThread, waitingMs, thread }: ExportProgress, total: number | null): string {
  const count =
    total === null ? l10n.t('thread {0}', threadsDone + 1) : l10n.t('thread {0} of {1}', threadsDone + 1, total);
  const name = thread.title ?? thread.id;
  return waitingMs === null
    ? itemsOfThread === 1
      ? formatMessage(l10n.t('{0}: {1}, 1 item'), count, name)
      : formatMessage(l10n.t('{0}: {1}, {2} items'), count, name, itemsOfThread)
    : l10n.t('{0}: waiting {1} s for the rate limit', count, Math.ceil(waitingMs / 1000));
}

/** Yields every thread of the connection, page by page. */
async function* allThreads(source: ThreadSource, user: string | null, waiting: WaitOptions): AsyncGenerator<Thread> {
  const query = { limit: pageSize, order: 'desc', ...(user === null ? {} : { user }) } as const;
  const fetchPage = (after: string | undefined) =>
    source.listThreads({ ...query, ...(after === undefined ? {} : { after }) }, waiting.signal);
  for await (const threads of everyPage(fetchPage, waiting)) yield* threads;
}

/** Asks once per export. Returns false when the user cancels. */
function askToReplace(path: string): Promise<boolean> {
  return confirm(
    l10n.t('Replace files that are not exports of these threads?'),
    l10n.t(
      'The folder contains files with the names of the new exports, for example {0}. If you cancel, these files are not changed, and their threads are not exported.',
      basename(path),
    ),
    l10n.t('Replace Files'),
  );
}

/** Returns the records of earlier exports, in the storage of the extension. */
export function ledgerOf({ context, log }: Pick<Services, 'context' | 'log'>): ExportLedger {
  return new ExportLedger(join(context.globalStorageUri.fsPath, 'exports'), log);
}

/** The threads to export. `all` is listed page by page during the export. */
export type ExportScope =
  | { readonly type: 'threads'; readonly threads: readonly Thread[] }
  | { readonly type: 'all'; readonly user: string | null };

/** The user's choices for an export. */
export interface ExportPlan {
  readonly connection: Connection;
  readonly scope: ExportScope;
  readonly format: ExportFormat;
  readonly redacted: boolean;
  /** `path` is a path of the file system that the extension host runs on. */
  readonly target: { readonly type: 'folder' | 'file'; readonly path: string };
  readonly resume: boolean;
}

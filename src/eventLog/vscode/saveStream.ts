import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import type { EventLogs } from '../common/eventLogs.ts';
import { eventLogLines, eventsExtension } from '../common/file.ts';
import type { ResponseRecorder } from '../common/responseRecorder.ts';
import { SourceError } from '../../chatkit/common/errors.ts';
import { fileNamePart } from '../../base/common/fileName.ts';
import type { ThreadRef } from '../../chatkit/common/refs.ts';
import { shortId, threadLabel } from '../../threads/common/summary/threadLabel.ts';
import { formatMessage, withoutIcons } from '../../base/vscode/messages/inertText.ts';
import { showStatus } from '../../base/vscode/messages/statusMessage.ts';
import { saveFile } from '../../base/vscode/saveFile.ts';
import type { Services } from '../../connections/vscode/services.ts';

interface Chosen {
  readonly connectionId: string;
  readonly run: ResponseRecorder;
}

/** *Save Event Log…*: a run of a thread, or one that is asked for, into a file. */
export async function saveStream(
  services: Services,
  logs: EventLogs,
  thread: (ThreadRef & { readonly runId?: string }) | undefined,
): Promise<void> {
  const chosen = (thread && runOf(logs, thread)) ?? (await pickResponse(services, logs));
  if (chosen === undefined) return;
  const target = await chooseFile(chosen.run);
  if (target === undefined) return;
  await writeResponse(services, chosen, target);
  showStatus(formatMessage(l10n.t('Event log saved: {0}'), vscode.workspace.asRelativePath(target)), 5000);
}

/** Writes a run to a file, wherever the workspace is, without the credentials that a server may have echoed. */
export async function writeResponse(
  { connections }: Services,
  { connectionId, run }: Chosen,
  target: vscode.Uri,
): Promise<void> {
  const connection = connections.get(connectionId);
  const from = connection === undefined ? null : { name: connection.name, kind: connection.kind, url: connection.url };
  const redact = await connections.redactor(connectionId);
  const lines = [...eventLogLines(run, { connection: from, savedAt: Date.now(), redact })];
  await saveFile(target, Buffer.from(lines.join(''), 'utf8'));
}

/** The run that is meant, else the newest of the thread; undefined where nothing streamed. */
function runOf(
  logs: EventLogs,
  { connectionId, threadId, runId }: ThreadRef & { readonly runId?: string },
): Chosen | undefined {
  const runs = logs.runs(connectionId, threadId);
  const run = runId === undefined ? runs.at(-1) : runs.find(({ id }) => id === runId);
  return run && { connectionId, run };
}

/** One of all that streamed in this window, the newest first. */
async function pickResponse({ connections }: Services, logs: EventLogs): Promise<Chosen | undefined> {
  const kept = logs.all.toReversed();
  if (kept.length === 0) throw nothingStreamed();
  const rows = kept.map(({ connectionId, run }) => {
    const { threadId } = run;
    const known = connections.get(connectionId) !== undefined && threadId !== null;
    const store = known ? connections.store(connectionId) : undefined;
    const thread = threadId === null ? undefined : store?.thread(threadId);
    return {
      label: withoutIcons(thread === undefined ? shortId(threadId ?? run.command) : threadLabel(thread)),
      description: run.command,
      detail: l10n.t(
        '{0}, {1} events',
        new Date(run.startedAt).toLocaleTimeString(vscode.env.language),
        run.events.length,
      ),
      chosen: { connectionId, run },
    };
  });
  const title = l10n.t('Save Event Log');
  const placeHolder = l10n.t('What streamed in this window');
  return (await vscode.window.showQuickPick(rows, { title, placeHolder, matchOnDescription: true }))?.chosen;
}

async function chooseFile({ command, startedAt }: ResponseRecorder): Promise<vscode.Uri | undefined> {
  // 2026-11-06T14-03-10: a name that every file system takes.
  const time = new Date(startedAt).toISOString().slice(0, 19).replaceAll(':', '-');
  const name = `${fileNamePart(command.split('.').at(-1) ?? '', 60) || 'stream'}-${time}${eventsExtension}`;
  const folder = vscode.workspace.workspaceFolders?.[0]?.uri;
  return vscode.window.showSaveDialog({
    ...(folder === undefined ? {} : { defaultUri: vscode.Uri.joinPath(folder, name) }),
    filters: { [l10n.t('ChatKit event log')]: [eventsExtension.slice(1)] },
    title: l10n.t('Save Event Log'),
  });
}

function nothingStreamed(): SourceError {
  return new SourceError('notFound', l10n.t('Nothing has streamed in this window that could be saved.'), {
    nextStep: 'none',
  });
}

import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import type { EventLogs } from '../common/eventLogs.ts';
import { eventLogLines, eventsExtension } from '../common/eventLogFile.ts';
import type { ResponseRecorder } from '../common/responseRecorder.ts';
import { SourceError } from '../../chatkit/common/errors.ts';
import { fileNamePart } from '../../base/common/fileName.ts';
import type { ThreadRef } from '../../chatkit/common/model/thread.ts';
import { shortId, threadLabel } from '../../threads/common/summary/threadLabel.ts';
import { Times } from '../../threads/common/summary/times.ts';
import { formatMessage, withoutIcons } from '../../base/vscode/messages/inertText.ts';
import { showStatus } from '../../base/vscode/messages/notifications.ts';
import { askSaveFile, saveFile } from '../../base/vscode/saveFile.ts';
import type { Services } from '../../connections/vscode/services.ts';

interface RecordedInConnection {
  readonly connectionId: string;
  readonly response: ResponseRecorder;
}

/** *Save Event Log…*: saves a response of the given thread, or one that the user selects, to a file. */
export async function saveEventLog(
  services: Services,
  logs: EventLogs,
  thread: (ThreadRef & { readonly responseId?: string }) | undefined,
): Promise<void> {
  const chosen = (thread && responseOf(logs, thread)) ?? (await pickResponse(services, logs));
  if (chosen === undefined) return;
  const target = await chooseFile(chosen.response);
  if (target === undefined) return;
  await writeEventLog(services, chosen, target);
  showStatus(formatMessage(l10n.t('Saved event log: {0}'), vscode.workspace.asRelativePath(target)), 5000);
}

/** Writes a response to a file. Removes credentials that the server may have echoed. */
export async function writeEventLog(
  { connections }: Services,
  { connectionId, response }: RecordedInConnection,
  target: vscode.Uri,
): Promise<void> {
  const connection = connections.get(connectionId);
  const from = connection === undefined ? null : { name: connection.name, kind: connection.kind, url: connection.url };
  const redact = await connections.redactor(connectionId);
  const lines = [...eventLogLines(response, { connection: from, savedAt: Date.now(), redact })];
  await saveFile(target, Buffer.from(lines.join(''), 'utf8'));
}

/** Returns the given or the newest response of a thread; undefined if there is none. */
function responseOf(
  logs: EventLogs,
  { connectionId, threadId, responseId }: ThreadRef & { readonly responseId?: string },
): RecordedInConnection | undefined {
  const responses = logs.responses(connectionId, threadId);
  const response = responseId === undefined ? responses.at(-1) : responses.find(({ id }) => id === responseId);
  return response && { connectionId, response };
}

/** Asks for a response of this window, newest first. Throws `SourceError` `notFound` if there is none. */
async function pickResponse({ connections }: Services, logs: EventLogs): Promise<RecordedInConnection | undefined> {
  const records = logs.all.toReversed();
  if (records.length === 0) throw noResponses();
  const times = new Times(vscode.env.language);
  const rows = records.map(({ connectionId, response }) => {
    const { threadId } = response;
    const known = connections.get(connectionId) !== undefined && threadId !== null;
    const store = known ? connections.store(connectionId) : undefined;
    const thread = threadId === null ? undefined : store?.thread(threadId);
    return {
      label: withoutIcons(thread === undefined ? shortId(threadId ?? response.command) : threadLabel(thread)),
      description: response.command,
      detail: l10n.t('{0}, {1} events', times.dateTime(response.startedAt), response.events.length),
      chosen: { connectionId, response },
    };
  });
  const title = l10n.t('Save Event Log');
  const placeHolder = l10n.t('Select a response of this window');
  return (await vscode.window.showQuickPick(rows, { title, placeHolder, matchOnDescription: true }))?.chosen;
}

async function chooseFile({ command, startedAt }: ResponseRecorder): Promise<vscode.Uri | undefined> {
  // 2026-11-06T14-03-10: valid in the file names of every file system.
  const time = new Date(startedAt).toISOString().slice(0, 19).replaceAll(':', '-');
  const name = `${fileNamePart(command.split('.').at(-1) ?? '', 60) || 'stream'}-${time}${eventsExtension}`;
  return askSaveFile({
    title: l10n.t('Save Event Log'),
    folder: vscode.workspace.workspaceFolders?.[0]?.uri,
    name,
    type: l10n.t('ChatKit event log'),
  });
}

function noResponses(): SourceError {
  return new SourceError('notFound', l10n.t('There are no responses to save. Send a message first.'), {
    nextStep: 'none',
  });
}

import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import type { EventLogs, ResponseRecorder } from '../common/responseRecorder.ts';
import {
  type SavedResponse,
  evenPaceMs,
  eventLogLines,
  eventsExtension,
  readEventLog,
} from '../common/readEventLog.ts';
import { SourceError } from '../../chatkit/common/errors.ts';
import { fileNamePart } from '../../base/common/fileName.ts';
import type { ThreadRef } from '../../chatkit/common/model/thread.ts';
import { shortId, threadLabel } from '../../threads/common/summary/itemSummary.ts';
import { Times } from '../../threads/common/summary/times.ts';
import { formatMessage, withoutIcons } from '../../base/vscode/messages/inertText.ts';
import { showStatus } from '../../base/vscode/messages/notifications.ts';
import { askSaveFile, saveFile } from '../../base/vscode/saveFile.ts';
import type { Services } from '../../connections/vscode/services.ts';
import type { CaptureProblem } from '../../chatkit/common/streamEvents/capture.ts';

/** Twice the memory limit of a recorded response, in bytes. */
const maxBytes = 64 * 1024 * 1024;

/**
 * Reads a saved event log or a recorded stream. Throws `SourceError` `tooLarge`, or `invalidResponse` if the file is
 * neither.
 */
export async function readSavedEventLog(file: vscode.Uri): Promise<SavedResponse> {
  const { size } = await vscode.workspace.fs.stat(file);
  if (size > maxBytes) {
    const megabytes = Math.ceil(size / 1024 / 1024);
    const message = l10n.t('The event log is too large to replay: {0} MB (limit: 64 MB).', megabytes);
    throw new SourceError('tooLarge', message, { nextStep: 'none' });
  }
  const bytes = await vscode.workspace.fs.readFile(file);
  return readEventLog(new TextDecoder().decode(bytes));
}

/** Returns what a replay of the file lacks, as one text; null if nothing. */
export function incompleteText({ stoppedAt, response, capture }: SavedResponse): string | null {
  const notes: string[] = [];
  if (stoppedAt !== null) {
    notes.push(
      stoppedAt.problem === 'notJson'
        ? l10n.t('Reading stopped at line {0}: not valid JSON. The file may be truncated.', stoppedAt.line)
        : l10n.t('Reading stopped at line {0}: not an event.', stoppedAt.line),
    );
  } else if (response.withoutJson > 0) {
    notes.push(l10n.t('The first {0} events have no saved JSON and cannot be replayed.', response.withoutJson));
  }
  if (capture !== null) {
    if (!capture.isTimed) notes.push(l10n.t('The file has no times: an event is played every {0} ms.', evenPaceMs));
    const { problems } = capture;
    notes.push(...problems.slice(0, maxNotes).map(captureNote));
    if (problems.length > maxNotes) notes.push(l10n.t('More lines with problems: {0}', problems.length - maxNotes));
  }
  return notes.length === 0 ? null : notes.join(' ');
}

/** Maximum number of problems of a capture that are listed. */
const maxNotes = 3;

function captureNote({ kind, line }: CaptureProblem): string {
  switch (kind) {
    case 'noEvents':
      return l10n.t('The file contains no events.');
    case 'notJson':
      return l10n.t('Line {0}: the event is not valid JSON.', line);
    case 'lineWithoutField':
      return l10n.t('Line {0} has no field name (data:), so its event is incomplete.', line);
    case 'unterminated':
      return l10n.t('Line {0}: the file ends inside an event.', line);
    case 'ignoredLine':
      return l10n.t('Line {0} is not part of a stream and was ignored.', line);
    case 'severalStreams':
      return l10n.t('The archive contains several streams; only the first one is played.');
    case 'tooManyEvents':
      return l10n.t('Events after line {0} are not played: the file contains too many.', line);
  }
}

/** File extensions of streams that something else recorded, without the dot. */
const captureExtensions: readonly string[] = ['txt', 'sse', 'log', 'ndjson', 'jsonl', 'json', 'har'];

/**
 * Returns the saved event log in the active editor, or else asks for one; a file of the active editor that can be a recorded
 * stream is offered first. Undefined if the user cancels.
 */
export async function pickEventLog(): Promise<vscode.Uri | undefined> {
  const input = vscode.window.tabGroups.activeTabGroup.activeTab?.input;
  const active = input instanceof vscode.TabInputText && input.uri.scheme !== 'untitled' ? input.uri : undefined;
  if (active?.path.endsWith(eventsExtension) === true) return active;
  if (active !== undefined && captureExtensions.some((extension) => active.path.endsWith(`.${extension}`))) {
    const open = { label: withoutIcons(vscode.workspace.asRelativePath(active)), isOpen: true };
    const other = { label: `$(folder-opened) ${l10n.t('Select a File…')}`, isOpen: false };
    const placeHolder = l10n.t('Select the event log or the recorded stream to replay');
    const picked = await vscode.window.showQuickPick([open, other], { placeHolder });
    if (picked === undefined) return undefined;
    if (picked.isOpen) return active;
  }
  const picked = await vscode.window.showOpenDialog({
    filters: {
      [l10n.t('ChatKit event log')]: [eventsExtension.slice(1)],
      [l10n.t('Recorded stream')]: [...captureExtensions],
      [l10n.t('All files')]: ['*'],
    },
    title: l10n.t('Replay Event Log'),
    openLabel: l10n.t('Replay'),
  });
  return picked?.[0];
}

/** Prefix of a replay's connection id. The webview stores this id, so the replay is restored after a reload. */
const prefix = 'replay:';

export function replayId(file: vscode.Uri): string {
  return prefix + file.toString();
}

/** Returns the file of a replay; undefined if the id is not a replay's. */
export function replayedFile(connectionId: string): vscode.Uri | undefined {
  return connectionId.startsWith(prefix) ? vscode.Uri.parse(connectionId.slice(prefix.length)) : undefined;
}

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
  await saveFile(target, Buffer.from(lines.join(''), 'utf8'), 'user');
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

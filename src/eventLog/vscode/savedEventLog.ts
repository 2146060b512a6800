import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import type { CaptureProblem } from '../../chatkit/common/streamCaptures/capture.ts';
import { evenPaceMs, readEventLog, type SavedResponse } from '../common/readEventLog.ts';
import { SourceError } from '../../chatkit/common/errors.ts';
import { eventsExtension } from '../common/eventLogFile.ts';

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

/** Most problems of a capture that are named. */
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

/** Asks for a saved event log; undefined if the user cancels. */
export async function pickEventLog(): Promise<vscode.Uri | undefined> {
  const picked = await vscode.window.showOpenDialog({
    filters: {
      [l10n.t('ChatKit event log')]: [eventsExtension.slice(1)],
      [l10n.t('Recorded stream')]: ['txt', 'sse', 'log', 'ndjson', 'jsonl', 'json', 'har'],
      [l10n.t('All files')]: ['*'],
    },
    title: l10n.t('Replay Event Log'),
    openLabel: l10n.t('Replay'),
  });
  return picked?.[0];
}

/** Prefix of a replay's connection id. The page stores this id, so the replay is restored after a reload. */
const prefix = 'replay:';

export function replayId(file: vscode.Uri): string {
  return prefix + file.toString();
}

/** Returns the file of a replay; undefined if the id is not a replay's. */
export function replayedFile(connectionId: string): vscode.Uri | undefined {
  return connectionId.startsWith(prefix) ? vscode.Uri.parse(connectionId.slice(prefix.length)) : undefined;
}

import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import { readEventLog, type SavedResponse } from '../common/readEventLog.ts';
import { SourceError } from '../../chatkit/common/errors.ts';
import { eventsExtension } from '../common/eventLogFile.ts';

/** Twice the memory limit of a recorded response, in bytes. */
const maxBytes = 64 * 1024 * 1024;

/** Reads a saved event log. Throws `SourceError` `tooLarge`, or `invalidResponse` if it is not an event log. */
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

/** Returns a message if the file was not read completely, else null. */
export function incompleteText({ stoppedAt, response }: SavedResponse): string | null {
  if (stoppedAt !== null) {
    return stoppedAt.problem === 'notJson'
      ? l10n.t('Reading stopped at line {0}: not valid JSON. The file may be truncated.', stoppedAt.line)
      : l10n.t('Reading stopped at line {0}: not an event.', stoppedAt.line);
  }
  if (response.withoutJson === 0) return null;
  return l10n.t('The first {0} events have no saved JSON and cannot be replayed.', response.withoutJson);
}

/** Asks for a saved event log; undefined if the user cancels. */
export async function pickEventLog(): Promise<vscode.Uri | undefined> {
  const picked = await vscode.window.showOpenDialog({
    filters: {
      [l10n.t('ChatKit event log')]: [eventsExtension.slice(1)],
      [l10n.t('JSON Lines')]: ['jsonl'],
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

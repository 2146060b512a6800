import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import { readEventLog, type SavedResponse } from '../common/readFile.ts';
import { SourceError } from '../../chatkit/common/errors.ts';

/** Twice what a run keeps in memory. */
const maxBytes = 64 * 1024 * 1024;

/** Reads a saved log from wherever the workspace is. Throws `SourceError` for what is too large, or no event log. */
export async function readSaved(file: vscode.Uri): Promise<SavedResponse> {
  const { size } = await vscode.workspace.fs.stat(file);
  if (size > maxBytes) {
    const megabytes = Math.ceil(size / 1024 / 1024);
    const message = l10n.t('The event log is too large to be replayed: {0} MB, and at most 64 MB.', megabytes);
    throw new SourceError('tooLarge', message, { nextStep: 'none' });
  }
  const bytes = await vscode.workspace.fs.readFile(file);
  return readEventLog(new TextDecoder().decode(bytes));
}

/** Why a file was not read to its end, for people; null where it was. */
export function incompleteText({ stoppedAt, run }: SavedResponse): string | null {
  if (stoppedAt !== null) {
    return stoppedAt.problem === 'notJson'
      ? l10n.t('The file can be read up to line {0}; it seems to have been cut off there.', stoppedAt.line)
      : l10n.t('The file can be read up to line {0}, which is no event of a log.', stoppedAt.line);
  }
  if (run.withoutJson === 0) return null;
  return l10n.t('The first {0} events were saved without their JSON and cannot be played.', run.withoutJson);
}

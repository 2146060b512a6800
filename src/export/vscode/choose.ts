import { homedir } from 'node:os';
import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import { SourceError } from '../../chatkit/common/errors.ts';
import { oneLine } from '../../base/common/plainText.ts';
import { askSaveFile } from '../../base/vscode/saveFile.ts';
import { threadLabel } from '../../threads/common/summary/itemSummary.ts';
import { threadExtension, threadsExtension } from '../common/format.ts';
import { exportFileName } from '../node/target.ts';
import type { ExportFormat } from '../node/verify.ts';
import type { ExportPlan, ExportScope } from './runExport.ts';

interface FormatRow extends vscode.QuickPickItem {
  readonly format: ExportFormat;
  readonly redacted: boolean;
}

/**
 * Asks for the format and whether to redact. `complete` offers only formats that contain everything the server sent. Returns
 * undefined when the user cancels.
 */
export async function chooseFormat(
  scope: ExportScope,
  offered: 'all' | 'complete',
): Promise<{ format: ExportFormat; redacted: boolean } | undefined> {
  const isOne = scope.type === 'threads' && scope.threads.length === 1;
  const row = (format: ExportFormat, redacted: boolean, label: string, detail: string): FormatRow => ({
    format,
    redacted,
    label,
    detail,
  });
  const redactedDetail = l10n.t('Replaces users, titles, text, IDs, links and argument values with placeholders.');
  const complete: readonly FormatRow[] = [
    row(
      'json',
      false,
      l10n.t('JSON'),
      isOne
        ? l10n.t('One {0} file with the data the server sent. Opens in the inspector.', `*${threadExtension}`)
        : l10n.t('A folder with one {0} file per thread.', `*${threadExtension}`),
    ),
    row('jsonl', false, l10n.t('JSON Lines'), l10n.t('One {0} file with one line per item.', `*${threadsExtension}`)),
  ];
  const others: readonly (FormatRow | vscode.QuickPickItem)[] = [
    row('markdown', false, l10n.t('Markdown'), l10n.t('Transcripts for reading.')),
    { label: l10n.t('For bug reports'), kind: vscode.QuickPickItemKind.Separator },
    row('json', true, l10n.t('Redacted JSON'), redactedDetail),
    row('jsonl', true, l10n.t('Redacted JSON Lines'), redactedDetail),
    row('markdown', true, l10n.t('Redacted Markdown'), redactedDetail),
  ];
  const rows: readonly (FormatRow | vscode.QuickPickItem)[] = offered === 'all' ? [...complete, ...others] : complete;
  const picked = await vscode.window.showQuickPick(rows, {
    title: titleOf(scope),
    placeHolder: l10n.t('Select an export format'),
  });
  return picked !== undefined && 'format' in picked ? picked : undefined;
}

/** Asks for the target: a file for one thread or JSON Lines, else a folder. Returns undefined when the user cancels. */
export async function chooseTarget(
  scope: ExportScope,
  format: ExportFormat,
  redacted: boolean,
): Promise<ExportPlan['target'] | undefined> {
  const only = scope.type === 'threads' && scope.threads.length === 1 ? scope.threads[0] : undefined;
  const folder = vscode.workspace.workspaceFolders?.find(({ uri }) => uri.scheme === 'file')?.uri.fsPath ?? homedir();
  if (only === undefined && format !== 'jsonl') {
    const picked = await vscode.window.showOpenDialog({
      canSelectFiles: false,
      canSelectFolders: true,
      defaultUri: vscode.Uri.file(folder),
      openLabel: l10n.t('Export Here'),
      title: l10n.t('Select a folder for the exported threads'),
    });
    return picked?.[0] && { type: 'folder', path: pathOf(picked[0]) };
  }
  const extension = { json: threadExtension, jsonl: threadsExtension, markdown: '.md' }[format];
  const name = only === undefined ? 'threads' : redacted ? 'thread-redacted' : exportFileName(only);
  const picked = await askSaveFile({
    title: titleOf(scope),
    folder: vscode.Uri.file(folder),
    name: name + extension,
    type: format === 'markdown' ? 'Markdown' : 'ChatKit',
  });
  return picked && { type: 'file', path: pathOf(picked) };
}

/** Names what is exported: `Export Thread: Where is my order?`, `Export 3 Threads`. */
export function titleOf(scope: ExportScope): string {
  if (scope.type === 'all') {
    return scope.user === null
      ? l10n.t('Export All Threads')
      : l10n.t('Export All Threads of {0}', oneLine(scope.user, maxNamed));
  }
  const [first, ...others] = scope.threads;
  return first === undefined || others.length > 0
    ? l10n.t('Export {0} Threads', scope.threads.length)
    : l10n.t('Export Thread: {0}', oneLine(threadLabel(first), maxNamed));
}

/** Characters of a thread or user in a title. */
const maxNamed = 60;

/** Throws for virtual file systems, because exports are written in parts, which these do not support. */
function pathOf(uri: vscode.Uri): string {
  if (uri.scheme === 'file') return uri.fsPath;
  const sentence = l10n.t('Threads can be exported only to a disk of the machine that runs the extension.');
  throw new SourceError('invalidRequest', sentence, { nextStep: 'none' });
}

/** Asks whether to continue an earlier export. Returns undefined when the user cancels. */
export async function chooseResume({ type }: ExportPlan['target']): Promise<boolean | undefined> {
  const rows = [
    {
      label: l10n.t('Continue'),
      detail: l10n.t('Skip threads that are already exported.'),
      resume: true,
    },
    {
      label: l10n.t('Start Over'),
      detail: l10n.t('Export all threads again and overwrite existing files.'),
      resume: false,
    },
  ];
  const placeHolder =
    type === 'folder'
      ? l10n.t('This folder already contains an export.')
      : l10n.t('This file already contains an export.');
  return (await vscode.window.showQuickPick(rows, { title: l10n.t('Export Threads'), placeHolder }))?.resume;
}

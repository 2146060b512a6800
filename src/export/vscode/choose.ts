import * as l10n from '@vscode/l10n';
import { homedir } from 'node:os';
import { join } from 'node:path';
import * as vscode from 'vscode';
import { SourceError } from '../../chatkit/common/errors.ts';
import { threadExtension, threadsExtension } from '../common/format.ts';
import { exportFileName } from '../node/exportFileName.ts';
import type { ExportFormat } from '../node/verify.ts';
import type { ExportPlan, ExportScope } from './plan.ts';

interface FormatRow extends vscode.QuickPickItem {
  readonly format: ExportFormat;
  readonly redacted: boolean;
}

/**
 * Which format, and whether people are hidden. `whole`: only those that hold everything the server sent. Undefined when
 * the user leaves.
 */
export async function chooseFormat(
  isOne: boolean,
  offered: 'all' | 'whole',
): Promise<{ format: ExportFormat; redacted: boolean } | undefined> {
  const row = (format: ExportFormat, redacted: boolean, label: string, detail: string): FormatRow => ({
    format,
    redacted,
    label,
    detail,
  });
  const hidden = l10n.t('Users, titles, texts, ids, links and argument values become stand-ins.');
  const whole: readonly FormatRow[] = [
    row(
      'json',
      false,
      l10n.t('JSON'),
      isOne
        ? l10n.t('One {0} file, exactly as the server sent it. Opens in the inspector.', `*${threadExtension}`)
        : l10n.t('A folder with one {0} file for each thread.', `*${threadExtension}`),
    ),
    row('jsonl', false, l10n.t('JSON Lines'), l10n.t('One {0} file, a line for each item.', `*${threadsExtension}`)),
  ];
  const others: readonly (FormatRow | vscode.QuickPickItem)[] = [
    row('markdown', false, l10n.t('Markdown'), l10n.t('Transcripts to read.')),
    { label: l10n.t('For bug reports'), kind: vscode.QuickPickItemKind.Separator },
    row('json', true, l10n.t('Redacted JSON'), hidden),
    row('jsonl', true, l10n.t('Redacted JSON Lines'), hidden),
    row('markdown', true, l10n.t('Redacted Markdown'), hidden),
  ];
  const rows: readonly (FormatRow | vscode.QuickPickItem)[] = offered === 'all' ? [...whole, ...others] : whole;
  const picked = await vscode.window.showQuickPick(rows, {
    title: l10n.t('Export Threads'),
    placeHolder: l10n.t('As what?'),
  });
  return picked !== undefined && 'format' in picked ? picked : undefined;
}

/** Where to. One thread, or JSON Lines, go into a file; several threads otherwise into a folder. */
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
      title: l10n.t('Folder for the exported threads'),
    });
    return picked?.[0] && { type: 'folder', path: pathOf(picked[0]) };
  }
  const extension = { json: threadExtension, jsonl: threadsExtension, markdown: '.md' }[format];
  const name = only === undefined ? 'threads' : redacted ? 'thread-redacted' : exportFileName(only);
  const picked = await vscode.window.showSaveDialog({
    defaultUri: vscode.Uri.file(join(folder, name + extension)),
    filters: { [format === 'markdown' ? 'Markdown' : 'ChatKit']: [extension.slice(1)] },
    title: l10n.t('Export Threads'),
  });
  return picked && { type: 'file', path: pathOf(picked) };
}

/** Exports are written in pieces, which virtual file systems do not offer. */
function pathOf(uri: vscode.Uri): string {
  if (uri.scheme === 'file') return uri.fsPath;
  const sentence = l10n.t('Threads can only be exported to a disk of the machine that the extension runs on.');
  throw new SourceError('invalidRequest', sentence, { nextStep: 'none' });
}

/** Whether to continue an earlier export. Undefined when the user leaves. */
export async function chooseResume(): Promise<boolean | undefined> {
  const rows = [
    {
      label: l10n.t('Continue'),
      detail: l10n.t('Threads that are already exported are skipped.'),
      resume: true,
    },
    {
      label: l10n.t('Start Over'),
      detail: l10n.t('Threads are fetched again and replace their earlier export.'),
      resume: false,
    },
  ];
  const placeHolder = l10n.t('There is an earlier export.');
  return (await vscode.window.showQuickPick(rows, { title: l10n.t('Export Threads'), placeHolder }))?.resume;
}

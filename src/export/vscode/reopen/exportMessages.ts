import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import { isSourceError } from '../../../chatkit/common/errors.ts';
import type { ExportHeader } from '../../common/format.ts';
import { laterVersion, type ExportProblem } from '../../node/exportIndex.ts';

/** Problems that are said one by one; of more it is said how many. */
const maxListed = 20;

/** Why a file cannot be shown, in a sentence. `error` is what opening it threw: ours, the editor's or the system's. */
export function whyUnreadable(error: unknown, name: string): string {
  if (isSourceError(error, 'tooLarge')) {
    return l10n.t(
      '“{0}” is too large to be read from where it lies. Copy it to a disk of this machine and open it there.',
      name,
    );
  }
  if (isSourceError(error)) {
    return error.details.code === laterVersion
      ? l10n.t('A later version of ChatKit Inspector wrote “{0}”. Update the extension to open it.', name)
      : l10n.t('“{0}” is not a file that ChatKit Inspector exported, or its beginning is damaged.', name);
  }
  const { code } = error as { readonly code?: unknown };
  if (code === 'ENOENT' || code === 'FileNotFound') return l10n.t('“{0}” is not there any more.', name);
  if (code === 'EACCES' || code === 'EPERM' || code === 'NoPermissions') {
    return l10n.t('You may not read “{0}”: its permissions forbid it.', name);
  }
  return l10n.t('“{0}” cannot be read: {1}', name, error instanceof Error ? error.message : String(error));
}

/** What of a file could not be read; sentences. */
export function problemSentences(problems: readonly ExportProblem[]): readonly string[] {
  const sentences = problems.slice(0, maxListed).map((problem) => {
    switch (problem.type) {
      case 'unreadable':
        return l10n.t('Line {0} cannot be read.', problem.line);
      case 'orphan':
        return l10n.t('Line {0} belongs to a thread that is not in the file.', problem.line);
      case 'brokenOff':
        return l10n.t('The file breaks off at byte {0}; what stands before it is shown.', problem.at);
    }
  });
  const more = problems.length - sentences.length;
  return more > 0 ? [...sentences, l10n.t('… and {0} more', more)] : sentences;
}

/** Where a file came from: `Acme, exported 25 Nov 2026, 14:03, redacted`. */
export function originOfExport({ connection, exportedAt, redacted }: ExportHeader): string {
  const at = Date.parse(exportedAt);
  const format = new Intl.DateTimeFormat(vscode.env.language, { dateStyle: 'medium', timeStyle: 'short' });
  const from = Number.isNaN(at) ? connection.name : l10n.t('{0}, exported {1}', connection.name, format.format(at));
  return redacted === true ? l10n.t('{0}, redacted', from) : from;
}

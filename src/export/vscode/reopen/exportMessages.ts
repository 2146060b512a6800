import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import { isSourceError } from '../../../chatkit/common/errors.ts';
import { Times } from '../../../threads/common/summary/times.ts';
import type { ExportHeader } from '../../common/format.ts';
import { laterVersion, type ExportProblem } from '../../node/exportIndex.ts';

/** Maximum number of problems that are listed. The rest is counted. */
const maxListed = 20;

/** Returns why a file cannot be shown. `error` is a `SourceError`, or an error of the editor or the system. */
export function unreadableReason(error: unknown, name: string): string {
  if (isSourceError(error, 'tooLarge')) {
    return l10n.t('“{0}” is too large to open from this location. Copy it to a local disk and open it there.', name);
  }
  if (isSourceError(error)) {
    return error.details.code === laterVersion
      ? l10n.t('“{0}” was created by a later version of ChatKit Inspector. Update the extension to open it.', name)
      : l10n.t('“{0}” is not a ChatKit Inspector export, or the start of the file is damaged.', name);
  }
  const { code } = error as { readonly code?: unknown };
  if (code === 'ENOENT' || code === 'FileNotFound') return l10n.t('“{0}” no longer exists.', name);
  if (code === 'EACCES' || code === 'EPERM' || code === 'NoPermissions') {
    return l10n.t('You do not have permission to read “{0}”.', name);
  }
  return l10n.t('Could not read “{0}”: {1}', name, error instanceof Error ? error.message : String(error));
}

/** Returns a sentence for each part of a file that could not be read. */
export function problemMessages(problems: readonly ExportProblem[]): readonly string[] {
  const messages = problems.slice(0, maxListed).map((problem) => {
    switch (problem.type) {
      case 'unreadable':
        return l10n.t('Could not read line {0}.', problem.line);
      case 'orphan':
        return l10n.t('Line {0} belongs to a thread that is not in the file.', problem.line);
      case 'truncated':
        return l10n.t('The file ends unexpectedly at byte {0}. Only the content before it is shown.', problem.at);
    }
  });
  const more = problems.length - messages.length;
  return more > 0 ? [...messages, l10n.t('… and {0} more', more)] : messages;
}

/** Returns the origin of an export: `Acme, exported 25 Nov 2026, 14:03, redacted`. */
export function originOfExport({ connection, exportedAt, redacted }: ExportHeader): string {
  const at = Date.parse(exportedAt);
  const times = new Times(vscode.env.language);
  const from = Number.isNaN(at) ? connection.name : l10n.t('{0}, exported {1}', connection.name, times.dateTime(at));
  return redacted === true ? l10n.t('{0}, redacted', from) : from;
}

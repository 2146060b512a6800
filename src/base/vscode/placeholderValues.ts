import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import { pathText } from '../common/json.ts';
import { type Placeholder, type PlaceholderUse, placeholderText } from '../common/placeholders.ts';
import { formatMessage } from './messages/inertText.ts';
import { askModal, showError, showWarning } from './messages/notifications.ts';

/**
 * Returns whether the environment variables of a file may be read: a file in an untrusted workspace must not determine
 * which of them are sent. Shows a notification where the workspace is not trusted, or where a variable is not set.
 * `notSet`: the message about variables that are not set, with `{0}` for their names.
 */
export async function canReadEnvironment(uses: readonly PlaceholderUse[], notSet: string): Promise<boolean> {
  const names = uses.flatMap(({ placeholder: { kind, name } }) => (kind === 'env' ? [name] : []));
  if (names.length === 0) return true;
  if (!vscode.workspace.isTrusted) {
    const trust = l10n.t('Manage Workspace Trust');
    const picked = await showWarning(
      formatMessage(
        l10n.t('Reading environment variables ({0}) is off until you trust this workspace.'),
        names.join(', '),
      ),
      trust,
    );
    if (picked === trust) await vscode.commands.executeCommand('workbench.trust.manage');
    return false;
  }
  const missing = names.filter((name) => process.env[name] === undefined);
  if (missing.length === 0) return true;
  void showError(formatMessage(notSet, missing.join(', ')));
  return false;
}

interface ValuesDialog {
  readonly question: string;
  /** Where the values are sent. */
  readonly target: string;
  /** Lines below: what is sent. */
  readonly content?: readonly string[];
  /** Maximum number of places that are listed for one placeholder. Default: all. */
  readonly maxPlaces?: number;
}

/** Asks whether the values of placeholders may be read and sent. Shows each with the places where it is used. */
export async function confirmValues(
  uses: readonly PlaceholderUse[],
  { question, target, content = [], maxPlaces = Infinity }: ValuesDialog,
): Promise<boolean> {
  const continueTitle = l10n.t('Continue');
  const detail = [
    ...linesOf(uses, 'env', l10n.t('Read from the environment:'), maxPlaces),
    ...linesOf(uses, 'input', l10n.t('You enter:'), maxPlaces),
    l10n.t('Sent to: {0}', target),
    ...content,
  ].join('\n');
  return (await askModal({ severity: 'information', question, detail }, continueTitle)) === continueTitle;
}

function linesOf(
  uses: readonly PlaceholderUse[],
  kind: Placeholder['kind'],
  head: string,
  maxPlaces: number,
): readonly string[] {
  const lines = uses
    .filter(({ placeholder }) => placeholder.kind === kind)
    .map(({ placeholder, paths }) => {
      const shown = paths.slice(0, maxPlaces).map(pathText);
      return `  ${placeholderText(placeholder)} → ${[...shown, ...(paths.length > maxPlaces ? ['…'] : [])].join(', ')}`;
    });
  return lines.length === 0 ? [] : [head, ...lines];
}

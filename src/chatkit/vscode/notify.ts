import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import { isSourceError } from '../common/errors.ts';
import type { Log } from '../../base/common/log.ts';
import { isCancellation } from './cancellation.ts';
import type { InvalidEntry, EntryProblem } from './connectionSettings.ts';
import { formatMessage } from '../../base/vscode/messages/inertText.ts';
import { askModal, showError, showWarning } from '../../base/vscode/messages/notifications.ts';
import { serverMessage, presentError, type ErrorContext, type PresentedError } from './present.ts';
import { redact } from '../../base/vscode/redact.ts';

/** Says an error once, with its next step as a button; the log gets the whole of it. Cancellation is silent. */
export async function notifyError(log: Log, error: unknown, context: ErrorContext = {}): Promise<void> {
  if (isCancellation(error)) return;
  const { message, action } = isSourceError(error) ? presentError(error, context) : presentOther(error);
  const words = isSourceError(error) ? serverMessage(error) : '';
  log.error(message, error);
  const showLog = l10n.t('Show Log');
  const buttons = action === undefined ? [showLog] : [...new Set([action.title, showLog])];
  // Of files there is nothing to say but the error's own words: once.
  const text = words === message ? message : `${message} ${words}`.trim();
  const picked = await showError(text, ...buttons);
  if (picked === undefined) return;
  if (action !== undefined && picked === action.title) {
    await vscode.commands.executeCommand(action.command, ...action.arguments);
  } else {
    await vscode.commands.executeCommand('chatkit.showLog');
  }
}

/** What did not come from a source, e.g. the editor refusing to write a setting: its own words are the best there are. */
function presentOther(error: unknown): PresentedError {
  return { message: redact(error instanceof Error ? error.message : String(error)), detail: '' };
}

/** A modal question with one way on; true when the user takes it. */
export async function confirm(question: string, detail: string, yes: string): Promise<boolean> {
  return (await askModal({ severity: 'warning', question, detail }, yes)) === yes;
}

/** Says which entries of `chatkit.connections` were left out, and why. */
export function notifyInvalidConnections(broken: readonly InvalidEntry[]): void {
  const lines = broken.map(({ index, label, problem }) => `${label ?? `#${index + 1}`}: ${problemText(problem)}`);
  const openSettings = l10n.t('Open Settings');
  void showWarning(
    formatMessage(l10n.t('The setting chatkit.connections has entries that were left out. {0}'), lines.join(' ')),
    openSettings,
  ).then((picked) => {
    if (picked === openSettings) void vscode.commands.executeCommand('workbench.action.openSettingsJson');
  });
}

/** Says that secrets do not outlive this window. */
export function notifySecretsFailure(): void {
  void showWarning(
    l10n.t(
      'The editor’s secret storage does not work on this machine, so credentials are kept only until this window closes or reloads.',
    ),
  );
}

function problemText(problem: EntryProblem): string {
  switch (problem) {
    case 'notAnObject':
      return l10n.t('it is not an object.');
    case 'id':
      return l10n.t('its id is missing or contains spaces.');
    case 'reservedId':
      return l10n.t('its id is taken by the local sandbox.');
    case 'duplicateId':
      return l10n.t('another connection has the same id.');
    case 'name':
      return l10n.t('its name is missing.');
    case 'kind':
      return l10n.t('its kind must be “openai” or “server”.');
    case 'url':
      return l10n.t('its url is not an http or https address.');
    case 'urlSecret':
      return l10n.t('its url contains a user name or password. Use secret headers instead.');
    case 'headers':
      return l10n.t('headers must be a list of header names.');
    case 'fields':
      return l10n.t('one of its fields has the wrong type.');
  }
}

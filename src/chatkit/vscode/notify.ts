import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import type { LinkOpener } from '../../base/common/plainUrl.ts';
import { isSourceError } from '../common/errors.ts';
import { type FileLocation, fileLocations } from '../../base/common/fileLocations.ts';
import type { Log } from '../../base/common/log.ts';
import { oneLine } from '../../base/common/plainText.ts';
import { openLocation } from '../../base/vscode/openLocation.ts';
import { formatMessage, inertText } from '../../base/vscode/messages/inertText.ts';
import { askModal, showError, showWarning } from '../../base/vscode/messages/notifications.ts';
import { redact } from '../../base/common/redact.ts';
import type { EntryProblem, InvalidEntry } from './connectionSettings.ts';
import { type ErrorContext, type PresentedError, presentError, serverMessage, withConnectionName } from './present.ts';

let connectionName: (connectionId: string) => string | undefined = () => undefined;

/** Sets how notifications find the name of a connection of which they know only the ID, until it is disposed. */
export function nameConnections(nameOf: (connectionId: string) => string | undefined): vscode.Disposable {
  connectionName = nameOf;
  return { dispose: () => (connectionName = () => undefined) };
}

/** Characters of the connection's name in a notification: the reason follows it. */
const maxName = 60;

/**
 * Shows an error with the name of its connection and its next step as a button, and logs it with its stack. A notification
 * is one line, so an error of several lines (a stack trace of the server) can be copied and its source file opened.
 * Ignores cancellation.
 */
export async function notifyError(log: Log, error: unknown, context: ErrorContext = {}): Promise<void> {
  if (isCancellation(error)) return;
  const { message, detail, action } = isSourceError(error) ? presentError(error, context) : presentOther(error);
  const details = isSourceError(error) ? serverMessage(error) : '';
  log.error(message, error);
  const place = isSourceError(error) ? sourceLine(error.message) : undefined;
  const openPlace = place === undefined ? '' : l10n.t('Open {0}', shortPlace(place));
  const copy = l10n.t('Copy Details');
  const showLog = l10n.t('Show Log');
  const hasLines = isSourceError(error) && error.message.trim().includes('\n');
  const buttons = [
    ...(action === undefined ? [] : [action.title]),
    ...(place === undefined ? [] : [openPlace]),
    ...(hasLines ? [copy] : []),
    showLog,
  ];
  // Errors of files have one message only.
  const text = details === message ? message : `${message} ${details}`.trim();
  const { connection, connectionId = '' } = context;
  const name = inertText(connection?.name ?? connectionName(connectionId) ?? '', maxName);
  const picked = await showError(withConnectionName(name, text), ...new Set(buttons));
  if (picked === undefined) return;
  if (action !== undefined && picked === action.title) {
    await vscode.commands.executeCommand(action.command, ...action.arguments);
  } else if (place !== undefined && picked === openPlace) {
    await openLocation(place);
  } else if (picked === copy) {
    await vscode.env.clipboard.writeText(`${message}\n${detail}`);
  } else {
    await vscode.commands.executeCommand('chatkit.showLog');
  }
}

/** Returns the line of source code that a stack trace ends with: the last one in Python, the first one elsewhere. */
function sourceLine(text: string): FileLocation | undefined {
  const places = fileLocations(text);
  return /\bFile "/.test(text) ? places.at(-1) : places[0];
}

/** `tools.py:12` */
function shortPlace({ path, line }: FileLocation): string {
  return `${oneLine(path.split(/[\\/]/).at(-1) ?? path, 40)}:${line}`;
}

/** Presents an error of another origin, for example a setting that the editor could not write. */
function presentOther(error: unknown): Omit<PresentedError, 'reason'> {
  return { message: redact(error instanceof Error ? error.message : String(error)), detail: '' };
}

/** Asks a modal question with one button. Resolves to true when the user presses it. */
export async function confirm(question: string, detail: string, yes: string): Promise<boolean> {
  return (await askModal({ severity: 'warning', question, detail }, yes)) === yes;
}

/** Shows which entries of `chatkit.connections` are ignored, and why. */
export function notifyInvalidConnections(invalid: readonly InvalidEntry[]): void {
  const lines = invalid.map(({ index, label, problem }) => `${label ?? `#${index + 1}`}: ${problemText(problem)}`);
  const openSettings = l10n.t('Open Settings');
  void showWarning(
    formatMessage(
      l10n.t('The setting chatkit.connections contains invalid entries, which are ignored. {0}'),
      lines.join(' '),
    ),
    openSettings,
  ).then((picked) => {
    if (picked === openSettings) void vscode.commands.executeCommand('workbench.action.openSettingsJson');
  });
}

/** Shows that secrets are only available until this window closes. */
export function notifySecretsFailure(): void {
  void showWarning(
    l10n.t(
      'The editor’s secret storage does not work on this machine. Credentials are available only until this window closes or reloads.',
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
      return l10n.t('its id is reserved for the local sandbox.');
    case 'duplicateId':
      return l10n.t('another connection has the same id.');
    case 'name':
      return l10n.t('its name is missing.');
    case 'kind':
      return l10n.t('its kind must be “openai” or “server”.');
    case 'url':
      return l10n.t('its url is not an http or https URL.');
    case 'urlSecret':
      return l10n.t('its url contains a user name or password. Use secret headers instead.');
    case 'headers':
      return l10n.t('headers must be a list of header names.');
    case 'fields':
      return l10n.t('one of its fields has the wrong type.');
  }
}

/** Characters of a mail address that are shown; a link may hold a whole message. */
const maxShown = 300;

/** Opens links of webviews with the editor's own means. */
export const editorLinks: LinkOpener = {
  confirmMail: (address) => {
    const shown = address.length > maxShown ? `${address.slice(0, maxShown)}…` : address;
    return confirm(l10n.t('Write an email to this address?'), shown, l10n.t('Write Email'));
  },
  open: async (href) => vscode.env.openExternal(vscode.Uri.parse(href, true)),
};

/** Runs `action` with an `AbortSignal` that fires when the editor's token is cancelled. */
export async function withSignal<T>(
  token: vscode.CancellationToken,
  action: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const controller = new AbortController();
  if (token.isCancellationRequested) controller.abort();
  const subscription = token.onCancellationRequested(() => controller.abort());
  try {
    return await action(controller.signal);
  } finally {
    subscription.dispose();
  }
}

/** True for everything that means "the user or a newer request called it off": nothing to report. */
export function isCancellation(error: unknown): boolean {
  if (isSourceError(error, 'cancelled')) return true;
  return error instanceof Error && ['AbortError', 'Canceled', 'CancellationError'].includes(error.name);
}

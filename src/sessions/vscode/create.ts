import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import {
  showError,
  showInformation,
  showProgress,
  showStatus,
  showWarning,
} from '../../base/vscode/messages/notifications.ts';
import { type SessionRecord, hasEnded, newRecord, refOf } from '../common/record.ts';
import { timeLeft } from '../common/timeLeft.ts';
import type { Connection } from '../../chatkit/common/connection.ts';
import { SourceError, isSourceError, toSourceError } from '../../chatkit/common/errors.ts';
import { pathText } from '../../base/common/json.ts';
import { type CreateSession, checkCreateSession } from '../../chatkit/common/sessionSource.ts';
import type { Template } from '../common/template.ts';
import { notifyError, withSignal } from '../../chatkit/vscode/notify.ts';
import { formatMessage, inertText } from '../../base/vscode/messages/inertText.ts';
import { presentError } from '../../chatkit/vscode/present.ts';
import type { Log } from '../../base/common/log.ts';
import type { SessionServices } from './sessionServices.ts';
import { sessionSourceOf } from './sessionConnections.ts';

/** A session to create. */
interface SessionRequest {
  readonly connection: Connection;
  readonly body: CreateSession;
  /** The body before its placeholders were resolved. It is saved in the record. */
  readonly template: Template;
  /** Whether the row of the new session receives the focus, which the row that it was created from had. */
  readonly focusesRow?: boolean;
  /** Opens the flow again with the same values, for the retry button. */
  readonly retry: () => Promise<unknown>;
}

/**
 * Sends one create-session request, saves the session and shows a notification. Returns true when the session exists.
 * Reports a failure, and sends a second request only when the user retries.
 */
export async function create(services: SessionServices, request: SessionRequest): Promise<boolean> {
  const { connections, store, log, view } = services;
  const { connection, body, template } = request;
  let created;
  try {
    assertValid(body);
    created = await send(sessionSourceOf(connections, connection), request);
  } catch (error) {
    const credentials = await connections.describeCredentials(connection.id).catch(() => undefined);
    // Not awaited: the command must not wait until the notification is closed.
    void notifyFailure(log, toSourceError(error), request, credentials);
    return false;
  }
  const record = newRecord(connection, template, created.session, Date.now());
  try {
    await store.add(record, created.clientSecret);
  } catch (error) {
    // The session exists and its secret is available in this window.
    const sentence = l10n.t('The session was created, but could not be saved. It is available in this window only.');
    log.error(sentence, error);
    void showWarning(sentence);
  }
  void notifyCreated(services, record).catch((error: unknown) => notifyError(log, error));
  await view
    .reveal(refOf(record), { focus: request.focusesRow === true })
    .catch((error: unknown) => log.error('Could not reveal the row of the session', error));
  return true;
}

function send(sessions: ReturnType<typeof sessionSourceOf>, { connection, body }: SessionRequest) {
  const title = formatMessage(l10n.t('Creating a ChatKit session on {0}'), connection.name);
  const options = { location: vscode.ProgressLocation.Notification, title, cancellable: true };
  return showProgress(options, (report, token) =>
    withSignal(token, (signal) =>
      sessions.create(body, signal, ({ ms, reason }) =>
        report({
          message: formatMessage(l10n.t('retrying in {0} s: {1}'), Math.ceil(ms / 1000), reason),
        }),
      ),
    ),
  );
}

/** Throws SourceError `invalidRequest` for a body that violates a limit of chatkit-api 2.1, before anything is sent. */
function assertValid(body: CreateSession): void {
  const problems = checkCreateSession(body);
  const [first] = problems;
  if (first === undefined) return;
  const sentences = problems.map(({ path, message }) => `${pathText(path)} ${message}.`).join(' ');
  const details = { param: pathText(first.path), mayHaveArrived: false, nextStep: 'none' } as const;
  throw new SourceError('invalidRequest', sentences, details);
}

/** Reports a new session and offers the next steps. */
async function notifyCreated(services: SessionServices, record: SessionRecord): Promise<void> {
  const copy = l10n.t('Copy Client Secret');
  const show = l10n.t('Show');
  const { unit, value } = timeLeft(record.session.expiresAt - Date.now());
  const text =
    unit === 'minutes'
      ? l10n.t('Created session for {0} (expires in {1} min).')
      : l10n.t('Created session for {0} (expires in {1} s).');
  const picked = await showInformation(formatMessage(text, record.session.user, value), copy, show);
  if (picked === copy) await copySecretOf(services, record);
  if (picked === show) await services.view.reveal(refOf(record), { focus: true });
}

/** Default and maximum lifetime of a session (chatkit-api 2.1), in seconds. */
const maxLifetimeSeconds = 600;

/** Maximum length of each sentence in UTF-16 code units, so that a long server message leaves room for the rest. */
const maxSentenceLength = 300;

/**
 * Reports why no session was created, with the server message, and offers a retry with the entered values. States first
 * if a session may exist, because the API cannot list sessions.
 */
async function notifyFailure(
  log: Log,
  error: SourceError,
  { connection, body, retry: offerAgain }: SessionRequest,
  credentials: string | undefined,
): Promise<void> {
  const isUncertain = mayExist(error);
  if (isSourceError(error, 'cancelled') && !isUncertain) return;
  const presented = presentError(error, {
    connection,
    subject: 'workflow',
    ...(credentials === undefined ? {} : { credentials }),
  });
  log.error(presented.message, error);
  const sentences = isLocalRefusal(error)
    ? [l10n.t('Nothing was sent.'), error.message]
    : [
        presented.message,
        ...(isUncertain ? [mayExistText(body.expires_after?.seconds ?? maxLifetimeSeconds)] : []),
        ...presented.detail.split('\n'),
      ];
  const retryTitle = isUncertain ? l10n.t('Try Again (May Create a Second Session)…') : l10n.t('Try Again…');
  const showLog = l10n.t('Show Log');
  // The default action of these errors is to refresh, which does not help here.
  const action = error.nextStep === 'retry' || error.nextStep === 'none' ? undefined : presented.action;
  const buttons = [retryTitle, ...(action === undefined ? [] : [action.title]), showLog];
  const picked = await showError(
    sentences
      .filter((sentence) => sentence !== '')
      .map((sentence) => asSentence(inertText(sentence, maxSentenceLength)))
      .join(' '),
    ...new Set(buttons),
  );
  if (picked === retryTitle) await offerAgain();
  else if (picked === showLog) await vscode.commands.executeCommand('chatkit.showLog');
  else if (picked !== undefined && action !== undefined) {
    await vscode.commands.executeCommand(action.command, ...action.arguments);
  }
}

/** Returns true when the request was rejected before it was sent. */
function isLocalRefusal({ kind, details }: SourceError): boolean {
  return kind === 'invalidRequest' && details.status === undefined && details.mayHaveArrived === false;
}

/** Ends a line with a period, so that lines form a paragraph. */
function asSentence(sentence: string): string {
  return /[.!?…]$/.test(sentence) ? sentence : `${sentence}.`;
}

function mayExistText(seconds: number): string {
  return l10n.t(
    'The request was sent, so a session may have been created. The API cannot list sessions. If the session exists, it expires within {0} s.',
    seconds,
  );
}

/**
 * Returns true when the request failed but may have created a session: it may have reached the server, and the server
 * did not reject it. The API cannot list sessions (chatkit-api 0.3), so the user must know this before a retry.
 */
function mayExist({ kind, details }: SourceError): boolean {
  if (details.mayHaveArrived === false) return false;
  switch (kind) {
    case 'network':
    case 'tls':
    case 'proxy':
    case 'timeout':
    case 'server':
    case 'tooLarge':
    case 'invalidResponse':
    case 'cancelled':
      return true;
    case 'unauthorized':
    case 'forbidden':
    case 'notFound':
    case 'invalidRequest':
    case 'conflict':
    case 'rateLimited':
    case 'quota':
    case 'withheld':
      return false;
  }
}

/** Copies the client secret of a session to the clipboard, or shows why it is not available. */
export async function copySecretOf({ store }: SessionServices, record: SessionRecord): Promise<void> {
  if (hasEnded(record, Date.now())) {
    void showWarning(l10n.t('This session has ended. Its client secret is no longer valid.'));
    return;
  }
  const secret = await store.clientSecret(refOf(record));
  if (secret === undefined) {
    void showWarning(
      l10n.t('The client secret of this session is not saved on this machine. Recreate the session to get a new one.'),
    );
    return;
  }
  await vscode.env.clipboard.writeText(secret);
  showStatus(l10n.t('Client secret copied'), 3000);
}

import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import type { Connection } from '../../chatkit/common/connection.ts';
import { isSourceError, SourceError, toSourceError } from '../../chatkit/common/errors.ts';
import { pathText } from '../../chatkit/common/sessions/jsonPath.ts';
import { checkCreateSession } from '../../chatkit/common/sessions/problems.ts';
import { newRecord, refOf, type SessionRecord } from '../common/record.ts';
import type { CreateSession } from '../../chatkit/common/sessions/sessionSource.ts';
import type { Template } from '../common/template.ts';
import { withSignal } from '../../chatkit/vscode/cancellation.ts';
import { formatMessage, inertText } from '../../base/vscode/messages/inertText.ts';
import { showError, showInformation, showWarning } from '../../base/vscode/messages/notifications.ts';
import { showProgress } from '../../base/vscode/messages/progress.ts';
import { notifyError } from '../../chatkit/vscode/notify.ts';
import { presentError } from '../../chatkit/vscode/present.ts';
import type { Log } from '../../base/common/log.ts';
import { copySecretOf } from './clientSecret.ts';
import { stateText } from './row.ts';
import { sessionsOf } from './sessionConnections.ts';
import type { SessionServices } from './sessionServices.ts';

/** One wish for a session, and how to offer its values again when it fails. */
export interface Wish {
  readonly connection: Connection;
  readonly body: CreateSession;
  /** What is remembered: the body before its placeholders were replaced. */
  readonly template: Template;
  readonly offerAgain: () => Promise<unknown>;
}

/**
 * Sends one create-session request, remembers what came of it and says so. True when there is a session. A failure is
 * told here, and never followed by a second request unless the user asks for one.
 */
export async function create(parts: SessionServices, wish: Wish): Promise<boolean> {
  const { connections, store, log, view } = parts;
  const { connection, body, template } = wish;
  let created;
  try {
    refuseInvalid(body);
    created = await send(sessionsOf(connections, connection), wish);
  } catch (error) {
    const credentials = await connections.describeCredentials(connection.id).catch(() => undefined);
    // Not awaited: whoever ran the command must not wait for somebody to close a notification.
    void notifyFailure(log, toSourceError(error), wish, credentials);
    return false;
  }
  const record = newRecord(connection, template, created.session, Date.now());
  try {
    await store.add(record, created.clientSecret);
  } catch (error) {
    // The session is there all the same, with its secret.
    const sentence = l10n.t('The session is created, but cannot be remembered beyond this window.');
    log.error(sentence, error);
    void showWarning(sentence);
  }
  void notifyCreated(parts, record).catch((error: unknown) => notifyError(log, error));
  await view.reveal(refOf(record), { focus: false }).catch((error: unknown) => log.error('No row to reveal', error));
  return true;
}

function send(sessions: ReturnType<typeof sessionsOf>, { connection, body }: Wish) {
  const title = formatMessage(l10n.t('Creating a ChatKit session on {0}'), connection.name);
  const options = { location: vscode.ProgressLocation.Notification, title, cancellable: true };
  return showProgress(options, (report, token) =>
    withSignal(token, (signal) =>
      sessions.create(body, signal, ({ ms, reason }) =>
        report({
          message: formatMessage(l10n.t('waiting {0} s before the next try: {1}'), Math.ceil(ms / 1000), reason),
        }),
      ),
    ),
  );
}

/** Every limit of chatkit-api 2.1, before anything is sent. */
function refuseInvalid(body: CreateSession): void {
  const problems = checkCreateSession(body);
  const [first] = problems;
  if (first === undefined) return;
  const sentences = problems.map(({ path, message }) => `${pathText(path)} ${message}.`).join(' ');
  const details = { param: pathText(first.path), mayHaveArrived: false, nextStep: 'none' } as const;
  throw new SourceError('invalidRequest', sentences, details);
}

/** The good news, with what is mostly wanted next. */
async function notifyCreated(parts: SessionServices, record: SessionRecord): Promise<void> {
  const copy = l10n.t('Copy Client Secret');
  const show = l10n.t('Show');
  const message = formatMessage(
    l10n.t('Session of {0} created: {1}.'),
    record.session.user,
    stateText(record, Date.now()),
  );
  const picked = await showInformation(message, copy, show);
  if (picked === copy) await copySecretOf(parts, record);
  if (picked === show) await parts.view.reveal(refOf(record), { focus: true });
}

/** sessions live so long unless they were asked for shorter (chatkit-api 2.1); seconds. */
const longestLife = 600;

/** UTF-16 code units of each sentence, so that the server's words leave room for ours. */
const maxSentence = 300;

/**
 * Says why there is no session, in the server's words and ours, and offers what was typed again. Where a session may have
 * been created all the same that is said first: the API has no way to look.
 */
async function notifyFailure(
  log: Log,
  error: SourceError,
  { connection, body, offerAgain }: Wish,
  credentials: string | undefined,
): Promise<void> {
  const isUnsure = mayExist(error);
  if (isSourceError(error, 'cancelled') && !isUnsure) return;
  const presented = presentError(error, {
    connection,
    subject: 'workflow',
    ...(credentials === undefined ? {} : { credentials }),
  });
  log.error(presented.message, error);
  const sentences = wasRefusedHere(error)
    ? [l10n.t('Nothing was sent.'), error.message]
    : [
        presented.message,
        ...(isUnsure ? [unsureText(body.expires_after?.seconds ?? longestLife)] : []),
        ...presented.detail.split('\n'),
      ];
  const again = isUnsure ? l10n.t('Try Again (May Be a Second Session)…') : l10n.t('Try Again…');
  const showLog = l10n.t('Show Log');
  // Refreshing is no cure here, trying again is.
  const action = error.nextStep === 'retry' || error.nextStep === 'none' ? undefined : presented.action;
  const buttons = [again, ...(action === undefined ? [] : [action.title]), showLog];
  const picked = await showError(
    sentences
      .filter((sentence) => sentence !== '')
      .map((sentence) => ended(inertText(sentence, maxSentence)))
      .join(' '),
    ...new Set(buttons),
  );
  if (picked === again) await offerAgain();
  else if (picked === showLog) await vscode.commands.executeCommand('chatkit.showLog');
  else if (picked !== undefined && action !== undefined) {
    await vscode.commands.executeCommand(action.command, ...action.arguments);
  }
}

/** Our own schema said no, before any server was asked. */
function wasRefusedHere({ kind, details }: SourceError): boolean {
  return kind === 'invalidRequest' && details.status === undefined && details.mayHaveArrived === false;
}

/** Lines of a list, as sentences of a paragraph. */
function ended(sentence: string): string {
  return /[.!?…]$/.test(sentence) ? sentence : `${sentence}.`;
}

function unsureText(seconds: number): string {
  return l10n.t(
    'The request had been sent, so a session may have been created all the same. The API cannot list sessions; if there is one, it ends by itself within {0} seconds.',
    seconds,
  );
}

/**
 * True when a session may have been created although create failed: the request can have reached the server, and no
 * answer refused it. There is no way to look (chatkit-api 0.3), so this has to be said before anybody tries again.
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

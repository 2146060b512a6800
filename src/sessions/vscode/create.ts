import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import type { Connection } from '../../chatkit/common/connection.ts';
import { SourceError, toSourceError } from '../../chatkit/common/errors.ts';
import { pathText } from '../../chatkit/common/sessions/jsonPath.ts';
import { checkCreateSession } from '../../chatkit/common/sessions/problems.ts';
import { newRecord, refOf } from '../common/record.ts';
import type { CreateSession } from '../../chatkit/common/sessions/sessionSource.ts';
import type { Template } from '../common/template.ts';
import { withSignal } from '../../chatkit/vscode/cancellation.ts';
import { formatMessage } from '../../base/vscode/messages/inertText.ts';
import { showWarning } from '../../base/vscode/messages/notifications.ts';
import { showProgress } from '../../base/vscode/messages/progress.ts';
import { notifyError } from '../../chatkit/vscode/notify.ts';
import { sessionsOf } from './sessionConnections.ts';
import { notifyFailure } from './notifyFailure.ts';
import type { SessionServices } from './sessionServices.ts';
import { notifyCreated } from './notifyCreated.ts';

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

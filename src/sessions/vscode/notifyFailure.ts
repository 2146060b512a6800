import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import { isSourceError, type SourceError } from '../../chatkit/common/errors.ts';
import type { Log } from '../../base/common/log.ts';
import { mayExist } from '../common/mayExist.ts';
import { inertText } from '../../base/vscode/messages/inertText.ts';
import { showError } from '../../base/vscode/messages/notifications.ts';
import { presentError } from '../../chatkit/vscode/present.ts';
import type { Wish } from './create.ts';

/** sessions live so long unless they were asked for shorter (chatkit-api 2.1); seconds. */
const longestLife = 600;

/** UTF-16 code units of each sentence, so that the server's words leave room for ours. */
const maxSentence = 300;

/**
 * Says why there is no session, in the server's words and ours, and offers what was typed again. Where a session may have
 * been created all the same that is said first: the API has no way to look.
 */
export async function notifyFailure(
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

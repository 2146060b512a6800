import * as vscode from 'vscode';
import type { TalkStrings } from '../../conversation/common/talkStrings.ts';

/** The page's texts about talking, in the editor's language. */
export function talkStrings(): TalkStrings {
  return {
    composer: vscode.l10n.t('Composer'),
    message: vscode.l10n.t('Message'),
    placeholder: vscode.l10n.t('Write to the server. Enter sends, Shift+Enter begins a new line.'),
    send: vscode.l10n.t('Send'),
    stop: vscode.l10n.t('Stop'),
    stopNotAllowed: vscode.l10n.t('Stop (the server asks not to be stopped)'),
    attach: vscode.l10n.t('Attach files'),
    options: vscode.l10n.t('Model and tool'),
    model: vscode.l10n.t('Model'),
    tool: vscode.l10n.t('Tool'),
    serverChoice: vscode.l10n.t('the server’s choice'),
    quoteSelection: vscode.l10n.t('Quote selected text'),
    removeQuote: vscode.l10n.t('Remove quote'),
    removeFile: vscode.l10n.t('Remove {0}'),
    uploading: vscode.l10n.t('uploading'),
    uploadFailed: vscode.l10n.t('not uploaded'),
    retryFromHere: vscode.l10n.t('Retry from Here'),
    retry: vscode.l10n.t('Retry'),
    dismiss: vscode.l10n.t('Dismiss'),
    showDetails: vscode.l10n.t('Show details'),
    hideDetails: vscode.l10n.t('Hide details'),
    newThread: vscode.l10n.t('New Thread'),
    newThreadHint: vscode.l10n.t('The first message begins the thread.'),
    answering: vscode.l10n.t('The answer is coming.'),
    answered: vscode.l10n.t('The answer is complete.'),
    stopped: vscode.l10n.t('Stopped. What came stays.'),
    unfinished: vscode.l10n.t('Not finished: the stream ended before this was done.'),
    locked: vscode.l10n.t('This thread is locked.'),
    lockedBecause: vscode.l10n.t('This thread is locked: {0}'),
    closed: vscode.l10n.t('This thread is closed.'),
    closedBecause: vscode.l10n.t('This thread is closed: {0}'),
    effect: vscode.l10n.t('Client effect {0}'),
    notice: vscode.l10n.t('Notice'),
  };
}

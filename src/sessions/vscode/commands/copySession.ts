import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import type { SessionRef } from '../../../chatkit/common/model/thread.ts';
import { type SessionRecord, hasEnded } from '../../common/record.ts';
import { copySecretOf } from '../create.ts';
import { type SessionServices, targetSession, targetSessions } from '../sessionServices.ts';
import type { focusedRow } from '../../../chatkit/vscode/ids.ts';
import { formatMessage } from '../../../base/vscode/messages/inertText.ts';
import { showStatus } from '../../../base/vscode/messages/notifications.ts';
import { pickConnection } from '../../../connections/vscode/pickConnection.ts';
import { copyRequest } from '../../../threads/vscode/requests/copyRequest.ts';
import type { Target, Targets } from '../../../threads/vscode/targets.ts';
import { defaultOpenAiUrl } from '../../../chatkit/common/connection.ts';
import { type SnippetLanguage, snippet, snippetLanguages } from '../../common/snippet.ts';

/** Copies server code that creates the same session, in a language that the user selects. */
export async function copyClientCode(services: SessionServices, row?: SessionRef): Promise<void> {
  const record = await targetSession(services, row, {
    placeHolder: l10n.t('Select a session to copy code for'),
  });
  if (record === undefined) return;
  const picked = await vscode.window.showQuickPick(snippetLanguages.map(languageItem), {
    placeHolder: l10n.t('Select a language. The code reads the key from OPENAI_API_KEY.'),
  });
  if (picked !== undefined) await copySnippet(services, record, picked.language);
}

/** Copies the create request of a session as code. */
async function copySnippet(
  { connections }: SessionServices,
  record: SessionRecord,
  language: SnippetLanguage,
): Promise<void> {
  const connection = connections.get(record.connectionId);
  const code = snippet(language, record.template, {
    baseUrl: connection?.url ?? defaultOpenAiUrl,
    ...(connection?.organization === undefined ? {} : { organization: connection.organization }),
    ...(connection?.project === undefined ? {} : { project: connection.project }),
  });
  await vscode.env.clipboard.writeText(code);
  showStatus(formatMessage(l10n.t('{0} copied'), languageItem(language).label), 3000);
}

function languageItem(language: SnippetLanguage): { label: string; description: string; language: SnippetLanguage } {
  switch (language) {
    case 'typescript':
      return { label: 'TypeScript', description: l10n.t('with the package openai'), language };
    case 'fetch':
      return { label: 'TypeScript (fetch)', description: l10n.t('without packages'), language };
    case 'python':
      return { label: 'Python', description: l10n.t('with the package openai'), language };
    case 'curl':
      return { label: 'cURL', description: l10n.t('for a POSIX shell'), language };
  }
}

/**
 * Copies the request of a row as a shell command: the create request of a session, or the read request of a connection,
 * thread or item. From the palette, uses the selection or the active editor, or asks for a connection.
 */
export async function copyCurl(services: SessionServices, targets: Targets, row: Target | undefined): Promise<void> {
  if (row?.sessionId !== undefined && row.connectionId !== undefined) {
    const { connectionId, sessionId } = row;
    const placeHolder = l10n.t('Select a session to copy the request of');
    const record = await targetSession(services, { connectionId, sessionId }, { placeHolder });
    if (record !== undefined) await copySnippet(services, record, 'curl');
    return;
  }
  const [{ connectionId, threadId, itemId } = {}] = await targets.rows(row, undefined);
  const placeHolder = l10n.t('Select a connection to copy the threads request of');
  const targetId = connectionId ?? (await pickConnection(services.connections, placeHolder))?.id;
  if (targetId === undefined) return;
  await copyRequest(services, {
    connectionId: targetId,
    ...(threadId === undefined ? {} : { threadId }),
    ...(itemId === undefined ? {} : { itemId }),
  });
}

/** Copies the IDs of sessions, one per line. *Copy ID* for the palette and the keybinding of the Sessions view. */
export async function copySessionId(
  services: SessionServices,
  row?: SessionRef | typeof focusedRow,
  rows?: readonly SessionRef[],
): Promise<void> {
  const records = await targetSessions(services, row, rows, {
    placeHolder: l10n.t('Select sessions to copy the IDs of'),
  });
  if (records.length === 0) return;
  await vscode.env.clipboard.writeText(records.map(({ id }) => id).join('\n'));
  showStatus(
    records.length === 1 ? l10n.t('ID copied') : formatMessage(l10n.t('{0} IDs copied'), records.length),
    3000,
  );
}

/** Copies the client secret of an active session to the clipboard without showing it. */
export async function copyClientSecret(services: SessionServices, row?: SessionRef): Promise<void> {
  const record = await targetSession(services, row, {
    placeHolder: l10n.t('Select a session to copy the client secret of'),
    can: (candidate) => !hasEnded(candidate, Date.now()),
  });
  if (record !== undefined) await copySecretOf(services, record);
}

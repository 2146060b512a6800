import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import type { SessionRef } from '../../chatkit/common/model/thread.ts';
import { type SessionRecord, sessionKey } from '../common/record.ts';
import { Disposables } from '../../base/vscode/disposables.ts';
import { sessionScheme } from '../../chatkit/vscode/ids.ts';
import { type SessionServices, targetSession } from './sessionServices.ts';
import type { SessionStore } from './store.ts';

/**
 * Returns the URI of a session's read-only document. The connection and the ID identify it; the rest is the tab
 * title.
 */
export function sessionUri({ connectionId, id, session }: SessionRecord): vscode.Uri {
  const title = session.user.replace(/[/\\?#]/g, '-').slice(0, 60);
  return vscode.Uri.from({
    scheme: sessionScheme,
    path: `/${[connectionId, id].map(encodeURIComponent).join('/')}/Session ${title}.md`,
  });
}

/** Opens the details of a session as Markdown text. */
async function openSessionDocument(
  record: SessionRecord,
  { preserveFocus }: { readonly preserveFocus: boolean },
): Promise<void> {
  const document = await vscode.workspace.openTextDocument(sessionUri(record));
  await vscode.window.showTextDocument(document, { preview: true, preserveFocus });
}

/** Provides the session documents and updates them when a session changes. `detailOf` returns their text. */
export function registerSessionDocuments(
  store: SessionStore,
  detailOf: (record: SessionRecord) => Promise<string>,
): vscode.Disposable {
  const disposables = new Disposables();
  const changed = disposables.add(new vscode.EventEmitter<vscode.Uri>());
  disposables.push(
    store.onDidChange(({ keys }) => {
      for (const { uri } of vscode.workspace.textDocuments) {
        const session = sessionOf(uri, store);
        if (session !== undefined && keys.includes(sessionKey(session))) changed.fire(uri);
      }
    }),
    vscode.workspace.registerTextDocumentContentProvider(sessionScheme, {
      onDidChange: changed.event,
      async provideTextDocumentContent(uri) {
        await store.load();
        const session = sessionOf(uri, store);
        const record = session && store.get(session);
        return record === undefined ? l10n.t('This session was removed from the list.') : detailOf(record);
      },
    }),
  );
  return disposables;
}

function sessionOf({ scheme, path }: vscode.Uri, store: SessionStore): SessionRef | undefined {
  if (scheme !== sessionScheme) return undefined;
  const parts = path.split('/').slice(1, -1).map(decodeURIComponent);
  const [connectionId, sessionId] = parts;
  if (connectionId !== undefined && sessionId !== undefined) return { connectionId, sessionId };
  // The URI of a tab from an earlier version contains no connection.
  const record = store.all.find(({ id }) => id === connectionId);
  return record && { connectionId: record.connectionId, sessionId: record.id };
}

/**
 * Opens the details of a session: requested and effective settings. When opened from a row, the focus stays in the
 * tree, so that the user can move to the next session.
 */
export async function openSession(services: SessionServices, row?: SessionRef): Promise<void> {
  const record = await targetSession(services, row, { placeHolder: l10n.t('Select a session to open the details of') });
  if (record !== undefined) await openSessionDocument(record, { preserveFocus: row !== undefined });
}

import * as vscode from 'vscode';
import type { SessionRecord } from '../../domain/sessions/record.ts';
import { Disposables } from '../../host/disposables.ts';
import { sessionScheme } from '../../host/ids.ts';
import type { SessionStore } from './store.ts';

/** Where the read-only document of a session is: its id finds it, the rest is for the tab. */
export function sessionUri({ id, session }: SessionRecord): vscode.Uri {
  const title = session.user.replace(/[/\\?#]/g, '-').slice(0, 60);
  return vscode.Uri.from({ scheme: sessionScheme, path: `/${encodeURIComponent(id)}/Session ${title}.md` });
}

/** Opens the details of a session, Markdown that reads well as text too. */
export async function openSessionDocument(
  record: SessionRecord,
  { preserveFocus }: { readonly preserveFocus: boolean },
): Promise<void> {
  const document = await vscode.workspace.openTextDocument(sessionUri(record));
  await vscode.window.showTextDocument(document, { preview: true, preserveFocus });
}

/** Provides these documents, and anew when what is known of a session changes. `detailOf` writes them. */
export function registerSessionDocuments(
  store: SessionStore,
  detailOf: (record: SessionRecord) => Promise<string>,
): vscode.Disposable {
  const own = new Disposables();
  const changed = own.add(new vscode.EventEmitter<vscode.Uri>());
  own.push(
    store.onDidChange(({ sessionIds }) => {
      for (const { uri } of vscode.workspace.textDocuments) {
        const id = sessionIdOf(uri);
        if (id !== undefined && sessionIds.includes(id)) changed.fire(uri);
      }
    }),
    vscode.workspace.registerTextDocumentContentProvider(sessionScheme, {
      onDidChange: changed.event,
      async provideTextDocumentContent(uri) {
        const id = sessionIdOf(uri);
        if (id === undefined) return undefined;
        await store.load();
        const record = store.get(id);
        return record === undefined ? vscode.l10n.t('This session was forgotten.') : detailOf(record);
      },
    }),
  );
  return own;
}

function sessionIdOf({ scheme, path }: vscode.Uri): string | undefined {
  const [, id] = path.split('/');
  return scheme === sessionScheme && id !== undefined ? decodeURIComponent(id) : undefined;
}

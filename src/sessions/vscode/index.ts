import { join } from 'node:path';
import * as vscode from 'vscode';
import { registerCommand } from '../../chatkit/vscode/commands.ts';
import type { LazyTreeProvider } from '../../base/vscode/lazy/lazyTreeProvider.ts';
import { Disposables } from '../../base/vscode/disposables.ts';
import { eitherOf, watchMarks } from '../../base/vscode/watchMarks.ts';
import type { Services } from '../../connections/vscode/services.ts';
import type { Targets } from '../../threads/vscode/targets.ts';
import { registerSessionDocuments } from './document.ts';
import { sessionLenses } from './files/lenses.ts';
import { isSessionFile, sessionFileSelector } from './files/names.ts';
import type { SessionParts } from './parts.ts';
import { RecentSessions } from './recent.ts';
import { SessionStore } from './store.ts';
import { SessionsView, type SessionNode } from './view.ts';

/** The Sessions view, session files and the commands about both. What they do is loaded when it is first done. */
export function registerSessions(
  services: Services,
  registration: LazyTreeProvider<SessionNode>,
  targets: Targets,
): vscode.Disposable {
  const { context, secrets, log, connections } = services;
  const own = new Disposables();
  const store = own.add(new SessionStore({ folder: join(context.globalStorageUri.fsPath, 'sessions'), secrets, log }));
  const view = own.add(new SessionsView(store, connections, registration));
  const recent = new RecentSessions(context.globalState);
  const parts: SessionParts = { ...services, store, view, recent, unsent: new Map(), typed: new Map() };
  own.push(
    registerCommands(parts, targets),
    registerSessionDocuments(store, async (record) =>
      (await tools()).sessionDetail(record, Date.now(), (ms) => new Date(ms).toLocaleString()),
    ),
    vscode.languages.registerCodeLensProvider(sessionFileSelector, sessionLenses),
    watchMarks({
      name: 'chatkit-session',
      matches: ({ uri }) => isSessionFile(uri),
      // What the environment gives is read only where the workspace is trusted.
      onDidChange: eitherOf(connections.onDidChange, vscode.workspace.onDidGrantWorkspaceTrust),
      marksOf: async (document) => (await tools()).sessionFileMarks(document, connections),
    }),
  );
  return own;
}

function tools() {
  return import('./sessionTools.ts');
}

function registerCommands(parts: SessionParts, targets: Targets): vscode.Disposable {
  const { log } = parts;
  return vscode.Disposable.from(
    registerCommand(log, 'chatkit.createSession', async (row) => (await tools()).createSession(parts, row)),
    registerCommand(log, 'chatkit.createSessionFromFile', async (file) =>
      (await tools()).createSessionFromFile(parts, file),
    ),
    registerCommand(log, 'chatkit.createSessionAgain', async (row) => (await tools()).createSessionAgain(parts, row)),
    registerCommand(log, 'chatkit.openSession', async (row) => (await tools()).openSession(parts, row)),
    registerCommand(log, 'chatkit.saveSessionFile', async (row) => (await tools()).saveSessionFile(parts, row)),
    registerCommand(log, 'chatkit.cancelSession', async (row, rows) => (await tools()).cancelSession(parts, row, rows)),
    registerCommand(log, 'chatkit.copySessionId', async (row, rows) => (await tools()).copySessionId(parts, row, rows)),
    registerCommand(log, 'chatkit.copyClientSecret', async (row) => (await tools()).copyClientSecret(parts, row)),
    registerCommand(log, 'chatkit.copyClientCode', async (row) => (await tools()).copyClientCode(parts, row)),
    registerCommand(log, 'chatkit.copyCurl', async (row) => (await tools()).copyCurl(parts, targets, row)),
    registerCommand(log, 'chatkit.showUserThreads', async (row) => (await tools()).showUserThreads(parts, row)),
    registerCommand(log, 'chatkit.forgetSession', async (row, rows) => (await tools()).forgetSession(parts, row, rows)),
  );
}

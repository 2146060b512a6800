import { join } from 'node:path';
import * as vscode from 'vscode';
import { registerCommand } from '../../chatkit/vscode/commands.ts';
import type { LazyTreeProvider } from '../../base/vscode/lazyProviders.ts';
import { Disposables } from '../../base/vscode/disposables.ts';
import { eitherOf, watchDiagnostics } from '../../base/vscode/watchDiagnostics.ts';
import type { Services } from '../../connections/vscode/services.ts';
import { Times } from '../../threads/common/summary/times.ts';
import type { Targets } from '../../threads/vscode/targets.ts';
import { sessionDetail } from '../common/detail.ts';
import { openSession, registerSessionDocuments } from './document.ts';
import { isSessionFile, sessionFileDiagnostics, sessionFileSelector, sessionLenses } from './sessionFiles.ts';
import { RecentSessions, type SessionServices } from './sessionServices.ts';
import { SessionStore } from './store.ts';
import { type SessionNode, SessionsView } from './view.ts';
import { cancelSession } from './commands/cancelSession.ts';
import { copyClientCode, copyClientSecret, copyCurl, copySessionId } from './commands/copySession.ts';
import { createSession } from './commands/createSession.ts';
import { createSessionAgain } from './commands/createSessionAgain.ts';
import { createSessionFromFile } from './commands/createSessionFromFile.ts';
import { forgetSession } from './commands/forgetSession.ts';
import { saveSessionFile } from './commands/saveSessionFile.ts';
import { showUserThreads } from './commands/showUserThreads.ts';

/** Registers the Sessions view, session files and their commands. */
export function registerSessions(
  services: Services,
  registration: LazyTreeProvider<SessionNode>,
  targets: Targets,
): vscode.Disposable {
  const { context, secrets, log, connections } = services;
  const disposables = new Disposables();
  const store = disposables.add(
    new SessionStore({ folder: join(context.globalStorageUri.fsPath, 'sessions'), secrets, log }),
  );
  const view = disposables.add(new SessionsView(store, connections, registration));
  const times = new Times(vscode.env.language);
  const recent = new RecentSessions(context.globalState);
  const sessionServices: SessionServices = { ...services, store, view, recent, drafts: new Map(), inputs: new Map() };
  disposables.push(
    registerCommands(sessionServices, targets),
    registerSessionDocuments(store, async (record) => sessionDetail(record, Date.now(), (ms) => times.dateTime(ms))),
    vscode.languages.registerCodeLensProvider(sessionFileSelector, sessionLenses),
    watchDiagnostics({
      name: 'chatkit-session',
      matches: ({ uri }) => isSessionFile(uri),
      // The environment is read only in a trusted workspace.
      onDidChange: eitherOf(connections.onDidChange, vscode.workspace.onDidGrantWorkspaceTrust),
      diagnosticsOf: (document) => sessionFileDiagnostics(document, connections),
    }),
  );
  return disposables;
}

function registerCommands(services: SessionServices, targets: Targets): vscode.Disposable {
  const { log } = services;
  return vscode.Disposable.from(
    registerCommand(log, 'chatkit.createSession', async (row) => createSession(services, row)),
    registerCommand(log, 'chatkit.createSessionFromFile', async (file) => createSessionFromFile(services, file)),
    registerCommand(log, 'chatkit.createSessionAgain', async (row) => createSessionAgain(services, row)),
    registerCommand(log, 'chatkit.openSession', async (row) => openSession(services, row)),
    registerCommand(log, 'chatkit.saveSessionFile', async (row) => saveSessionFile(services, row)),
    registerCommand(log, 'chatkit.cancelSession', async (row, rows) => cancelSession(services, row, rows)),
    registerCommand(log, 'chatkit.cancelSessions', async (row, rows) => cancelSession(services, row, rows)),
    registerCommand(log, 'chatkit.copySessionId', async (row, rows) => copySessionId(services, row, rows)),
    registerCommand(log, 'chatkit.copyClientSecret', async (row) => copyClientSecret(services, row)),
    registerCommand(log, 'chatkit.copyClientCode', async (row) => copyClientCode(services, row)),
    registerCommand(log, 'chatkit.copyCurl', async (row) => copyCurl(services, targets, row)),
    registerCommand(log, 'chatkit.showUserThreads', async (row) => showUserThreads(services, row)),
    registerCommand(log, 'chatkit.forgetSession', async (row, rows) => forgetSession(services, row, rows)),
    registerCommand(log, 'chatkit.forgetSessions', async (row, rows) => forgetSession(services, row, rows)),
  );
}

import * as vscode from 'vscode';
import { registerCommand } from '../../chatkit/vscode/commands.ts';
import type { LazyFileSystemProvider } from '../../base/vscode/lazyProviders.ts';
import type { Services } from '../../connections/vscode/services.ts';
import { SavedReports, checkServerCommand, compareChecksCommand } from './checkCommand.ts';
import { UnfinishedChecks } from './unfinishedChecks.ts';
import { ProblemDocuments } from './problemDocuments.ts';

/** Registers the check of servers and the documents of protocol problems. */
export function registerChecks(services: Services, registration: LazyFileSystemProvider): vscode.Disposable {
  const { log, context } = services;
  const reports = new SavedReports(context.globalStorageUri);
  const unfinished = new UnfinishedChecks(context.workspaceState);
  const documents = new ProblemDocuments(services);
  return vscode.Disposable.from(
    documents,
    registration.setProvider(documents),
    registerCommand(log, 'chatkit.checkServer', (row) => checkServerCommand(services, { reports, unfinished }, row)),
    registerCommand(log, 'chatkit.compareChecks', () => compareChecksCommand(reports)),
    registerCommand(log, 'chatkit.showProtocolProblems', (row) => documents.show(row)),
    registerCommand(log, 'chatkit.copyProtocolProblems', (row) => documents.copy(row)),
    registerCommand(log, 'chatkit.muteProtocolRules', (row) => documents.mute(row)),
  );
}

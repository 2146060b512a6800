import type * as vscode from 'vscode';
import { localizeBundle } from './base/vscode/localize.ts';
import { createLog } from './base/vscode/log.ts';
import { createSecrets } from './base/vscode/secrets.ts';
import { Shutdown } from './base/vscode/shutdown.ts';
import { ContextKey, registerCommand } from './chatkit/vscode/commands.ts';
import { contextKeys, logName } from './chatkit/vscode/ids.ts';
import { notifyInvalidConnections, notifySecretsFailure } from './chatkit/vscode/notify.ts';
import { createSettings } from './chatkit/vscode/settings.ts';
import { registerChecks } from './check/vscode/index.ts';
import { registerConnections } from './connections/vscode/index.ts';
import type { Services } from './connections/vscode/services.ts';
import { registerConversationCommands } from './conversation/vscode/index.ts';
import { exportForDeletion } from './export/vscode/exportForDeletion.ts';
import { registerExport } from './export/vscode/index.ts';
import { registerExportEditors } from './inspector/vscode/exportEditor.ts';
import { registerInspector } from './inspector/vscode/index.ts';
import type { Registrations } from './registrations.ts';
import { registerSandbox } from './sandbox/vscode/index.ts';
import { registerSessions } from './sessions/vscode/index.ts';
import { registerCompare } from './threads/vscode/compare/index.ts';
import { CompareSelection } from './threads/vscode/compare/selection.ts';
import { registerDocuments } from './threads/vscode/documents/index.ts';
import { registerThreads } from './threads/vscode/index.ts';
import { registerLinks } from './threads/vscode/links/index.ts';
import { registerTesting } from './testing/vscode/index.ts';
import { registerWidgetEditor } from './widgets/vscode/index.ts';

/** Creates the services and every component. Awaits nothing, opens no connection and reads no file. */
export function createExtension(context: vscode.ExtensionContext, registrations: Registrations): Services {
  localizeBundle();
  registrations.commands.dispose();
  new ContextKey<boolean>(contextKeys.isLoaded).set(true);
  const log = createLog(logName);
  const settings = createSettings(notifyInvalidConnections);
  const secrets = createSecrets(context.secrets, log, notifySecretsFailure);
  const connections = registerConnections({ context, log, settings, secrets });
  const { problems, requests } = connections;
  const shutdown = new Shutdown();
  const services: Services = { context, log, settings, secrets, connections, problems, requests, shutdown };
  const files = registerExportEditors(services, registrations.exportEditors);
  const compared = new CompareSelection(connections);
  const inspector = registerInspector(services, registrations.threadPanels, files, compared);
  const threads = registerThreads(services, registrations.threads, {
    ...inspector,
    exportFirst: (refs) => exportForDeletion(services, refs),
  });
  context.subscriptions.push(
    log,
    settings,
    secrets,
    registerCommand(log, 'chatkit.showLog', () => log.show()),
    registerSandbox(services, connections),
    threads,
    files,
    inspector,
    registerLinks(services, registrations.links, () => inspector.activeThread()),
    registerDocuments(services, registrations.documents, threads.targets, [files, inspector.replays]),
    registerSessions(services, registrations.sessions, threads.targets),
    registerExport(services, threads),
    registerChecks(services, registrations.problems),
    compared,
    registerCompare(services, registrations.comparisons, threads.targets, compared),
    registerConversationCommands(services, threads.targets, inspector.conversations),
    registerWidgetEditor(services, registrations),
    registerTesting(services, threads.targets, inspector, files),
  );
  return services;
}

import type * as vscode from 'vscode';
import { registerActs } from './conversation/vscode/commands/index.ts';
import { registerCompare } from './threads/vscode/compare/index.ts';
import { registerConnections } from './connections/vscode/index.ts';
import type { Doors } from './doors.ts';
import { registerDocuments } from './threads/vscode/documents/index.ts';
import { registerExportedFiles } from './inspector/vscode/exportedFile/index.ts';
import { registerExports } from './export/vscode/index.ts';
import { registerInspector } from './inspector/vscode/index.ts';
import { registerLinks } from './threads/vscode/links/index.ts';
import { registerSandbox } from './sandbox/vscode/index.ts';
import type { Services } from './services.ts';
import { registerSessions } from './sessions/vscode/index.ts';
import { registerThreads } from './threads/vscode/index.ts';
import { registerWidgetEditor } from './widgets/vscode/index.ts';
import { registerCommand } from './chatkit/vscode/commands.ts';
import { createLog } from './base/vscode/log.ts';
import { tellBrokenConnections, tellSecretsFailure } from './chatkit/vscode/notify.ts';
import { createSecrets } from './base/vscode/secrets.ts';
import { createSettings } from './chatkit/vscode/settings.ts';

/** Builds the parts and fills the doors: awaits nothing, opens no connection, reads no file. */
export function buildProduct(context: vscode.ExtensionContext, doors: Doors): Services {
  doors.commands.dispose();
  const log = createLog();
  const settings = createSettings(tellBrokenConnections);
  const secrets = createSecrets(context.secrets, log, tellSecretsFailure);
  const connections = registerConnections({ context, log, settings, secrets });
  const services: Services = { context, doors, log, settings, secrets, connections };
  const files = registerExportedFiles(services);
  const inspector = registerInspector(services, files);
  const threads = registerThreads(services, inspector);
  context.subscriptions.push(
    log,
    settings,
    secrets,
    registerCommand(log, 'chatkit.showLog', () => log.show()),
    registerSandbox(services, connections),
    threads,
    files,
    inspector,
    registerLinks(services, () => inspector.activeThread()),
    registerDocuments(services, threads.targets, [files, inspector.replays]),
    registerSessions(services, threads.targets),
    registerExports(services, threads),
    registerCompare(services, threads.targets),
    registerActs(services, threads.targets),
    registerWidgetEditor(services),
  );
  return services;
}

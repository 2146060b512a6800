import type * as vscode from 'vscode';
import { registerActs } from './features/acts/index.ts';
import { registerCompare } from './features/compare/index.ts';
import { registerConnections } from './features/connections/index.ts';
import type { Doors } from './features/doors.ts';
import { registerDocuments } from './features/documents/index.ts';
import { registerExportedFiles } from './features/exportedFile/index.ts';
import { registerExports } from './features/exports/index.ts';
import { registerInspector } from './features/inspector/index.ts';
import { registerLinks } from './features/links/index.ts';
import { registerSandbox } from './features/sandbox/index.ts';
import type { Services } from './features/services.ts';
import { registerSessions } from './features/sessions/index.ts';
import { registerThreads } from './features/threads/index.ts';
import { registerWidgetEditor } from './features/widgetEditor/index.ts';
import { registerCommand } from './host/commands.ts';
import { createLog } from './host/log.ts';
import { tellBrokenConnections, tellSecretsFailure } from './host/notify.ts';
import { createSecrets } from './host/secrets.ts';
import { createSettings } from './host/settings.ts';

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

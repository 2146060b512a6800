import type * as vscode from 'vscode';
import { registerCommand, runEditorCommand } from '../../chatkit/vscode/commands.ts';
import { Disposables } from '../../base/vscode/disposables.ts';
import { views } from '../../chatkit/vscode/ids.ts';
import { showProgress } from '../../base/vscode/messages/notifications.ts';
import type { ConnectionRegistry } from '../../connections/vscode/registry.ts';
import type { Services } from '../../connections/vscode/services.ts';
import { readExternalSandbox } from './external.ts';
import { LocalSandbox, SandboxMemory } from './localSandbox.ts';

/** Registers the local sandbox: a ChatKit API on this machine that needs no account. */
export function registerSandbox(
  { context, log, secrets }: Services,
  connections: ConnectionRegistry,
): vscode.Disposable {
  const memory = new SandboxMemory(context.workspaceState, secrets);
  const external = readExternalSandbox(process.env);
  const sandbox = new LocalSandbox({ log, memory, connections, external });
  const feature = new Disposables();
  feature.push(
    sandbox,
    registerCommand(log, 'chatkit.openSandbox', async () => {
      const starting = { location: { viewId: views.threads } };
      await showProgress(starting, () => sandbox.open());
      await runEditorCommand(`${views.threads}.focus`);
    }),
    registerCommand(log, 'chatkit.closeSandbox', () => sandbox.close()),
  );
  sandbox.restore();
  return feature;
}

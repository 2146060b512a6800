import * as vscode from 'vscode';
import { registerCommand } from '../../chatkit/vscode/commands.ts';
import type { Services } from '../../connections/vscode/services.ts';
import type { Targets } from '../../threads/vscode/targets.ts';
import { renameThread } from '../../threads/vscode/commands/renameThread.ts';
import { sendFeedback } from './commands/sendFeedback.ts';

/** Registers the commands that change a thread of a self-hosted server: rename, feedback. */
export function registerConversationCommands(services: Services, targets: Targets): vscode.Disposable {
  const options = { services, targets };
  return vscode.Disposable.from(
    registerCommand(services.log, 'chatkit.renameThread', async (row) => renameThread(options, row)),
    registerCommand(services.log, 'chatkit.sendFeedback', async (row) => sendFeedback(options, row)),
  );
}

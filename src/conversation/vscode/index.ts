import type * as vscode from 'vscode';
import { registerCommand } from '../../chatkit/vscode/commands.ts';
import type { Services } from '../../connections/vscode/services.ts';
import type { Targets } from '../../threads/vscode/targets.ts';
import { sendFeedback } from './commands/sendFeedback.ts';

/** Registers the commands that act on responses of a self-hosted server. */
export function registerConversationCommands(services: Services, targets: Targets): vscode.Disposable {
  return registerCommand(services.log, 'chatkit.sendFeedback', (row) => sendFeedback({ services, targets }, row));
}

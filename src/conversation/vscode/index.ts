import * as vscode from 'vscode';
import { registerCommand } from '../../chatkit/vscode/commands.ts';
import type { AppAction } from '../../chatkit/common/stream/conversationApi.ts';
import type { Services } from '../../connections/vscode/services.ts';
import type { Targets } from '../../threads/vscode/targets.ts';
import { sendAction } from './commands/sendAction.ts';
import { sendFeedback } from './commands/sendFeedback.ts';
import type { ConversationService } from './conversationService.ts';

/** Registers the commands of conversations with a self-hosted server. */
export function registerConversationCommands(
  services: Services,
  targets: Targets,
  conversations: ConversationService,
): vscode.Disposable {
  const last: { action: AppAction | undefined } = { action: undefined };
  return vscode.Disposable.from(
    registerCommand(services.log, 'chatkit.sendAction', (row) =>
      sendAction({ services, targets, conversations, last }, row),
    ),
    registerCommand(services.log, 'chatkit.sendFeedback', (row) => sendFeedback({ services, targets }, row)),
  );
}

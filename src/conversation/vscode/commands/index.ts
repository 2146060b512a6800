import type * as vscode from 'vscode';
import { registerCommand } from '../../../chatkit/vscode/commands.ts';
import type { Services } from '../../../connections/vscode/services.ts';
import type { Targets } from '../../../threads/vscode/targets.ts';
import { sendFeedback } from '../sendFeedback.ts';

export interface CommandServices {
  readonly services: Services;
  readonly targets: Targets;
}

/** What is done to a thread on a self-hosted server, apart from talking: its name, what one thinks of an answer. */
export function registerThreadActions(services: Services, targets: Targets): vscode.Disposable {
  const parts = { services, targets };
  return registerCommand(services.log, 'chatkit.sendFeedback', async (row) => sendFeedback(parts, row));
}

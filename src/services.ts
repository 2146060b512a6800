import type * as vscode from 'vscode';
import type { HostLog } from './base/vscode/log.ts';
import type { Secrets } from './base/vscode/secrets.ts';
import type { Settings } from './chatkit/vscode/settings.ts';
import type { Connections } from './connections/vscode/types.ts';
import type { Doors } from './doors.ts';

/** What every feature is built from. A feature is one function: `registerX(services): vscode.Disposable`. */
export interface Services {
  readonly context: vscode.ExtensionContext;
  readonly doors: Doors;
  readonly log: HostLog;
  readonly settings: Settings;
  readonly secrets: Secrets;
  readonly connections: Connections;
}

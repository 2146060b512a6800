import type * as vscode from 'vscode';
import type { HostLog } from '../host/log.ts';
import type { Secrets } from '../host/secrets.ts';
import type { Settings } from '../host/settings.ts';
import type { Connections } from './connections/types.ts';
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

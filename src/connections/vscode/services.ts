import type * as vscode from 'vscode';
import type { HostLog } from '../../base/vscode/log.ts';
import type { Secrets } from '../../base/vscode/secrets.ts';
import type { Settings } from '../../chatkit/vscode/settings.ts';
import type { NetworkLog } from './networkLog.ts';
import type { ConnectionProblems } from './problems.ts';
import type { Connections } from './types.ts';

/** The services that all components use. Each component has a function `registerX(services, …): vscode.Disposable`. */
export interface Services {
  readonly context: vscode.ExtensionContext;
  readonly log: HostLog;
  readonly settings: Settings;
  readonly secrets: Secrets;
  readonly connections: Connections;
  readonly problems: ConnectionProblems;
  /** What each connection sent since the window was opened. */
  readonly requests: NetworkLog;
}

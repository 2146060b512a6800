import type * as vscode from 'vscode';
import { registerCommand } from '../../chatkit/vscode/commands.ts';
import type { Services } from '../../connections/vscode/services.ts';
import type { Threads } from '../../threads/vscode/index.ts';
import { exportThreads } from './exportThreads.ts';

export interface ExportServices {
  readonly services: Services;
  readonly threads: Pick<Threads, 'targets' | 'shown'>;
}

/** Threads worth keeping: written to files, whole or with people hidden. */
export function registerExports(services: Services, threads: ExportServices['threads']): vscode.Disposable {
  const parts = { services, threads };
  return registerCommand(services.log, 'chatkit.exportThreads', async (row, rows) => exportThreads(parts, row, rows));
}

import type * as vscode from 'vscode';
import { registerCommand } from '../../chatkit/vscode/commands.ts';
import type { Services } from '../../connections/vscode/services.ts';
import { exportThreads, type ExportServices } from './exportThreads.ts';

/** Threads worth keeping: written to files, whole or with people hidden. */
export function registerExport(services: Services, threads: ExportServices['threads']): vscode.Disposable {
  const parts = { services, threads };
  return registerCommand(services.log, 'chatkit.exportThreads', async (row, rows) => exportThreads(parts, row, rows));
}

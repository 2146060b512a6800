import * as vscode from 'vscode';
import { registerCommand } from '../../chatkit/vscode/commands.ts';
import type { Services } from '../../connections/vscode/services.ts';
import type { Target } from '../../threads/vscode/targets.ts';
import { type ExportServices, exportThreads, offerExport } from './exportThreads.ts';

/** Registers *Export Thread…* and *Export Threads…*. */
export function registerExport(services: Services, threads: ExportServices['threads']): vscode.Disposable {
  const run = (row?: Target, rows?: readonly Target[]): Promise<void> =>
    exportThreads({ services, threads }, row, rows);
  return vscode.Disposable.from(
    offerExport(services),
    registerCommand(services.log, 'chatkit.exportThread', run),
    registerCommand(services.log, 'chatkit.exportThreads', run),
  );
}

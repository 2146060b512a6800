import * as vscode from 'vscode';
import { registerCommand } from '../../chatkit/vscode/commands.ts';
import type { Services } from '../../connections/vscode/services.ts';
import { type ExportServices, exportThreads, offerExport } from './exportThreads.ts';

/** Registers *Export Threads…*. */
export function registerExport(services: Services, threads: ExportServices['threads']): vscode.Disposable {
  return vscode.Disposable.from(
    offerExport(services),
    registerCommand(services.log, 'chatkit.exportThreads', async (row, rows) =>
      exportThreads({ services, threads }, row, rows),
    ),
  );
}

import * as vscode from 'vscode';
import type { LazyFileSystemProvider } from '../../../base/vscode/lazyProviders.ts';
import { registerCommand } from '../../../chatkit/vscode/commands.ts';
import type { Services } from '../../../connections/vscode/services.ts';
import type { Targets } from '../targets.ts';
import { openJson, openTranscript } from './openDocuments.ts';
import { ThreadDocuments, type ThreadFiles } from './threadDocuments.ts';

/** Registers the read-only documents for threads and items (JSON and Markdown transcripts) and their commands. */
export function registerDocuments(
  services: Services,
  registration: LazyFileSystemProvider,
  targets: Targets,
  files: readonly ThreadFiles[],
): vscode.Disposable {
  const documents = new ThreadDocuments(services.connections, files);
  const documentsServices = { services, targets, documents };
  return vscode.Disposable.from(
    documents,
    registration.setProvider(documents),
    registerCommand(services.log, 'chatkit.openJson', (row, rows) => openJson(documentsServices, row, rows)),
    registerCommand(services.log, 'chatkit.openItemJson', (row, rows) => openJson(documentsServices, row, rows)),
    registerCommand(services.log, 'chatkit.openTranscript', (row, rows) =>
      openTranscript(documentsServices, row, rows),
    ),
    registerCommand(services.log, 'chatkit.refreshDocument', async (uri) => {
      const target = uri ?? vscode.window.activeTextEditor?.document.uri;
      if (target !== undefined) await documents.refresh(target);
    }),
  );
}

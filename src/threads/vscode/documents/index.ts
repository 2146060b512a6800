import * as vscode from 'vscode';
import type { LazyFileSystemProvider } from '../../../base/vscode/lazy/lazyFileSystemProvider.ts';
import { registerCommand } from '../../../chatkit/vscode/commands.ts';
import type { Services } from '../../../connections/vscode/services.ts';
import type { Targets } from '../targets.ts';
import { openJson } from './commands/openJson.ts';
import { openTranscript } from './commands/openTranscript.ts';
import { ThreadDocuments } from './threadDocuments.ts';
import type { ThreadFiles } from './threadDocuments.ts';

/** Threads and items in read-only editors: JSON as it came, transcripts in Markdown. */
export function registerDocuments(
  services: Services,
  registration: LazyFileSystemProvider,
  targets: Targets,
  files: readonly ThreadFiles[],
): vscode.Disposable {
  const documents = new ThreadDocuments(services.connections, files);
  const parts = { services, targets, documents };
  return vscode.Disposable.from(
    documents,
    registration.setProvider(documents),
    registerCommand(services.log, 'chatkit.openJson', (row, rows) => openJson(parts, row, rows)),
    registerCommand(services.log, 'chatkit.openTranscript', (row, rows) => openTranscript(parts, row, rows)),
    registerCommand(services.log, 'chatkit.refreshDocument', async (uri) => {
      const shown = uri ?? vscode.window.activeTextEditor?.document.uri;
      if (shown !== undefined) await documents.refresh(shown);
    }),
  );
}

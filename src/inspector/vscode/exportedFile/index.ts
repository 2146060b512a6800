import type * as vscode from 'vscode';
import type { ThreadRef } from '../../../chatkit/common/refs.ts';
import type { LazyProvider } from '../../../base/vscode/lazyProviders.ts';
import type { Services } from '../../../connections/vscode/services.ts';
import type { ExportDocument } from '../../../export/vscode/reopen/exportDocument.ts';
import type { ThreadFiles } from '../../../threads/vscode/documents/threadDocuments.ts';
import { ExportedDocuments } from './documents.ts';

/** The exported files that are open in this window. */
export interface ExportedFiles extends ThreadFiles, vscode.Disposable {
  /** Returns the thread of the active editor; its connection id is the address of the file. */
  activeThread(): ThreadRef | undefined;
  /** Focuses the find field of the active editor, if any. */
  find(): void;
}

/** Opens `*.chatkit.json` and `*.chatkit.jsonl` in the inspector, without a connection and without the network. */
export function registerExportedFiles(
  services: Services,
  registration: LazyProvider<vscode.CustomReadonlyEditorProvider>,
): ExportedFiles {
  const documents = new ExportedDocuments(services);
  const provider: vscode.CustomReadonlyEditorProvider<ExportDocument> = {
    openCustomDocument: (uri) => documents.open(uri),
    resolveCustomEditor: (document, panel) => documents.show(document, panel),
  };
  const registered = registration.setProvider(provider);
  return {
    isFile: (connectionId) => /^[\w-]+:\/.*\.chatkit\.jsonl?$/.test(connectionId),
    withStore: (address, action) => documents.withStore(address, action),
    activeThread: () => documents.active?.thread,
    find: () => documents.active?.find(),
    dispose: () => registered.dispose(),
  };
}

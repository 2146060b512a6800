import type * as vscode from 'vscode';
import type { LazyProvider } from '../../../base/vscode/lazy/lazyProvider.ts';
import type { StoreFiles } from '../../../threads/vscode/documents/storeFiles.ts';
import type { Services } from '../../../connections/vscode/services.ts';
import type { ExportedDocument } from '../../../export/vscode/reopen/document.ts';
import type { ExportedDocuments } from './documents.ts';

/** Exported files: what is in them is shown by their own editor, and read by the documents made from them. */
export interface ExportedFiles extends StoreFiles, vscode.Disposable {
  /** Puts the cursor into the find field of the editor in front, if one is. */
  find(): void;
}

/** `*.chatkit.json` and `*.chatkit.jsonl` open in the inspector, without a connection and without the network. */
export function registerExportedFiles(
  services: Services,
  registration: LazyProvider<vscode.CustomReadonlyEditorProvider>,
): ExportedFiles {
  let documents: ExportedDocuments | undefined;
  const tools = async () => {
    const { ExportedDocuments } = await import('../inspectorTools.ts');
    documents ??= new ExportedDocuments(services);
    return documents;
  };
  const provider: vscode.CustomReadonlyEditorProvider<ExportedDocument> = {
    openCustomDocument: async (uri) => (await tools()).open(uri),
    resolveCustomEditor: async (document, panel) => (await tools()).show(document, panel),
  };
  const filled = registration.setProvider(provider);
  return {
    isFile: (connectionId) => /^[\w-]+:\/.*\.chatkit\.jsonl?$/.test(connectionId),
    withStore: async (address, action) => (await tools()).withStore(address, action),
    find: () => documents?.active?.find(),
    dispose: () => filled.dispose(),
  };
}

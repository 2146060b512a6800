// The inspector's panels, as one bundle, loaded when the first is opened or brought back: what activation loads stays small.
export { pickThread } from './openThread.ts';
export { pickEventLog } from '../../eventLog/vscode/pickEventLog.ts';
export { saveStream } from '../../eventLog/vscode/saveStream.ts';
export { InspectorPanels } from './panels.ts';
export { restorePanel } from './serializer.ts';
export { newThread } from './newThread.ts';
export { pickUserMessage, retryFromHere } from './retryFromHere.ts';
export { NewestThreads } from './followNewest.ts';
export { ExportedDocuments } from './exportedFile/documents.ts';

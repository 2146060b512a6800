// Reading and writing exported threads, as one bundle, loaded when somebody exports or opens a file.
export { Redactor } from '../../domain/export/redact.ts';
export { inMemory, openFile } from './byteReader.ts';
export { openExportedFile, wireReaderOf } from './exportedFileSource.ts';
export { exportThreads } from './exportThreads.ts';
export { exists } from './writer.ts';

// Exporting and reading what was exported, as one bundle, loaded when the first of it is wanted.
export { exportForDeletion } from './exportForDeletion.ts';
export { exportThreads } from './exportThreads.ts';

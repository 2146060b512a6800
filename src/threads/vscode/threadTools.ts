// What is asked about threads, and deleting them, as one bundle: loaded when the first of it is wanted.
export { deleteThreads } from './deletion/deleteThreads.ts';
export { askFilter } from './filterPick.ts';
export { pickThreads } from './pickThreads.ts';

// What is asked and sent by these commands, as one bundle, loaded when the first of them is run.
export { renameThread } from '../../../threads/vscode/commands/renameThread.ts';
export { sendFeedback } from '../sendFeedback.ts';

const vscode = require('vscode');

/**
 * Shows the ChatKit view the first time a profile is opened by `npm start`; after that the editor remembers what was open.
 * @param {import('vscode').ExtensionContext} context
 */
exports.activate = async ({ globalState }) => {
  if (globalState.get('opened')) return;
  await vscode.commands.executeCommand('workbench.view.extension.chatkit');
  await globalState.update('opened', true);
};

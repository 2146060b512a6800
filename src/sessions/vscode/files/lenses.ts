import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';

/** Shows *Create Session* at the top of a session file. */
export const sessionLenses: vscode.CodeLensProvider = {
  provideCodeLenses(document) {
    const command = {
      command: 'chatkit.createSessionFromFile',
      title: `$(play) ${l10n.t('Create Session')}`,
      tooltip: l10n.t('Create the ChatKit session that this file describes'),
      arguments: [document.uri],
    };
    return [new vscode.CodeLens(new vscode.Range(0, 0, 0, 0), command)];
  },
};

import * as vscode from 'vscode';

/**
 * The editor's own JSON support takes `.widget` files too (`jsonLanguageParticipants`), but is started by plain JSON only:
 * without it a file has neither schema nor hovers.
 */
export function wakeJson(): void {
  vscode.extensions
    .getExtension('vscode.json-language-features')
    ?.activate()
    .then(undefined, () => undefined);
}

import * as vscode from 'vscode';

/** Time from the opening of a `.widget` file to the activation, in ms: by then its preview is shown. */
const delayMs = 2_000;

/**
 * Activates the JSON support of the editor after a `.widget` file was opened. It also supports these files
 * (`jsonLanguageParticipants`), but only JSON files activate it. Without it they have no schema and no hovers. Loading it blocks
 * the extension host for some 100 ms, so it does not start with the preview.
 */
export class JsonSupport implements vscode.Disposable {
  #timer: NodeJS.Timeout | undefined;

  /** Activates it, once. Best effort. */
  activateSoon(): void {
    this.#timer ??= setTimeout(() => {
      vscode.extensions
        .getExtension('vscode.json-language-features')
        ?.activate()
        .then(undefined, () => undefined);
    }, delayMs);
  }

  dispose(): void {
    clearTimeout(this.#timer);
  }
}

import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';

/** Configures the language of a bundle: each bundle has its own copy of the localization. */
export function localizeBundle(): void {
  if (vscode.l10n.bundle !== undefined) l10n.config({ contents: vscode.l10n.bundle });
}

import * as l10n from '@vscode/l10n';

/** Configures the language of a page from its root element. Call before anything is rendered. */
export function localize(root: HTMLElement): void {
  const translations = root.dataset['translations'];
  if (translations !== undefined) l10n.config({ contents: translations });
}

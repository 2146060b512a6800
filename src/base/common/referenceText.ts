import { t } from '@vscode/l10n';

/**
 * Translates a text of a catalogue: a protocol rule, or a component of a widget. `npm run l10n` adds the texts of the
 * catalogues to the bundle, since they are no literals where they are translated.
 */
export function referenceText(text: string): string {
  return t(text);
}

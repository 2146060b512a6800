import * as l10n from '@vscode/l10n';

/** What is wrong with `text` as a whole number of at least `least` (and at most `most`); undefined when nothing is. */
export function wholeNumberProblem(text: string, least: number, most?: number): string | undefined {
  const value = Number(text.trim());
  const inRange = value >= least && value <= (most ?? Number.MAX_SAFE_INTEGER);
  if (/^\d+$/.test(text.trim()) && inRange) return undefined;
  return most === undefined
    ? l10n.t('A whole number of at least {0}.', least)
    : l10n.t('A whole number from {0} to {1}.', least, most);
}

/** The same, where leaving it empty means that nothing is sent. */
export function optionalNumberProblem(text: string, least: number, most?: number): string | undefined {
  return text.trim() === '' ? undefined : wholeNumberProblem(text, least, most);
}

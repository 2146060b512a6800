import * as l10n from '@vscode/l10n';

/** Localized messages of documents that cannot be previewed completely. */
export const previewMessages = {
  tooLong: (characters: number) =>
    l10n.t('Could not preview the document because it is longer than {0} characters.', characters),
  invalidJson: (reason: string) => l10n.t('Invalid JSON: {0}', reason),
  tooDeep: () => l10n.t('The widget is nested too deeply to render.'),
  documentTooDeep: () => l10n.t('The document, its schema or its data is nested too deeply.'),
  noSampleData: () =>
    l10n.t('The file has no default state. The preview shows its outputJsonPreview; the template was not rendered.'),
  needsOptional: (reason: string) =>
    l10n.t('{0} jsonSchema does not require it, so ChatKit can be given data without it.', reason),
  schemaExpensive: (steps: number) =>
    l10n.t(
      'The data is not checked because the schema takes more than {0} steps. Use fewer references and combinations.',
      steps,
    ),
  timeLimit: (seconds: number) =>
    l10n.t(
      'The evaluation was stopped because it took longer than {0} s. Simplify the template, the schema or the data, or select Run Again in the preview.',
      seconds,
    ),
  memoryLimit: (megabytes: number) =>
    l10n.t(
      'The evaluation was stopped because it needed more than {0} MB of memory. Simplify the template, the schema or the data, or select Run Again in the preview.',
      megabytes,
    ),
  evaluationFailed: () =>
    l10n.t(
      'The evaluation failed unexpectedly. The log has details. Change the document, or select Run Again in the preview.',
    ),
  evaluatorUnavailable: (reason: string) =>
    l10n.t('The preview is unavailable because its worker thread could not be started: {0}', reason),
} as const;

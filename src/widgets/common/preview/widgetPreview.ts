import * as l10n from '@vscode/l10n';
import type { DataOrigin } from '../dataOrigin.ts';
import type { DataProblem } from '../templates/validateData.ts';
import type { TextRange } from './jsonPositions.ts';

/** The part of a document that has the problem: the file, its template, the widget, `outputJsonPreview` or its sample data. */
type PreviewProblemKind = 'file' | 'template' | 'widget' | 'difference' | 'data';

/** A part of a `.widget` file that has an editor of its own, and the place in it. */
type ProblemPart =
  /** Range in the template, in characters. */
  | { readonly name: 'template'; readonly offset: number; readonly length: number }
  /** JSON pointer into the schema or the data. */
  | { readonly name: 'schema' | 'data'; readonly pointer: string };

export interface PreviewProblem {
  readonly kind: PreviewProblemKind;
  /** Names the rule, for programs; the same in every language. */
  readonly code: string;
  readonly severity: 'error' | 'warning' | 'info';
  /** Localized. */
  readonly message: string;
  /** JSON pointer into the widget or the data; null if the problem concerns neither. */
  readonly path: string | null;
  /** Line and column in the template, from 1; null if the problem does not concern it. */
  readonly templatePosition: { readonly line: number; readonly column: number } | null;
  /** The range in the document. */
  readonly range: TextRange;
  /** The place in the editor of the part; null if the problem concerns none. */
  readonly part: ProblemPart | null;
  /** Whether the editor already reports the problem, from the JSON itself or its schema. */
  readonly bySchema: boolean;
}

/** The data of a template: that of the file, generated from its schema, or edited by the user. */
export type DataChoice =
  { readonly source: 'own' } | { readonly source: 'schema' } | { readonly source: 'edited'; readonly text: string };

export interface PreviewData {
  /** Indented JSON. */
  readonly text: string;
  readonly origin: DataOrigin | 'edited';
  readonly problems: readonly DataProblem[];
  /** The origin while no other data is selected. */
  readonly ownOrigin: DataOrigin;
  readonly hasSchema: boolean;
}

/** The widget of a document and the problems of the document. */
export interface WidgetPreview {
  /** Name of the widget. */
  readonly name: string | null;
  /** The widget as JSON text; null if the document has errors. */
  readonly output: string | null;
  /** The text that the template produced, also where it is not JSON; null if the template did not run to its end. */
  readonly rendered: string | null;
  /** `outputJsonPreview` of the file as JSON text if there is no output. */
  readonly fallback: string | null;
  readonly problems: readonly PreviewProblem[];
  /** Null for a document without a template. */
  readonly data: PreviewData | null;
  /** `copy_text` of the item that contains the widget; null if there is none. */
  readonly copyText: string | null;
  /** JSON pointers of the widgets in the document, and the index of this one. */
  readonly widgets: readonly string[];
  readonly selected: number;
}

/** Maximum length of a document, in characters. */
export const maxDocumentText = 2_000_000;

/** Returns a problem with the usual values, overridden by `rest`. */
export function previewProblem(
  kind: PreviewProblemKind,
  message: string,
  rest: Partial<PreviewProblem> = {},
): PreviewProblem {
  return {
    kind,
    code: kind,
    severity: 'error',
    message,
    path: null,
    templatePosition: null,
    range: { offset: 0, length: 0 },
    part: null,
    bySchema: false,
    ...rest,
  };
}

/**
 * Runs an evaluation. If the call stack is exhausted, by nesting or by a recursive schema, the preview has a problem.
 */
export function withinStack(evaluate: () => WidgetPreview): WidgetPreview {
  try {
    return evaluate();
  } catch (error) {
    if (error instanceof RangeError) return failedPreview(previewProblem('file', previewMessages.documentTooDeep()));
    throw error;
  }
}

/** Returns the preview of a document that could not be evaluated. */
export function failedPreview(problem: PreviewProblem): WidgetPreview {
  return {
    name: null,
    output: null,
    rendered: null,
    fallback: null,
    problems: [problem],
    data: null,
    copyText: null,
    widgets: [],
    selected: 0,
  };
}

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

import { previewMessages } from './messages.ts';
import type { DataOrigin } from '../templates/previewData.ts';
import type { DataProblem } from '../templates/validateData.ts';
import type { TextRange } from './jsonPositions.ts';

/** What of a document has the problem: the file itself, its template, the widget, its `outputJsonPreview`, its sample data. */
export type PreviewProblemKind = 'file' | 'template' | 'widget' | 'difference' | 'data';

export interface PreviewProblem {
  readonly kind: PreviewProblemKind;
  readonly severity: 'error' | 'warning' | 'info';
  /** Localized. */
  readonly message: string;
  /** JSON pointer into the widget, or into the data; null where it is about neither. */
  readonly path: string | null;
  /** Line and column of the template, from 1; null when it is not about one. */
  readonly inTemplate: { readonly line: number; readonly column: number } | null;
  /** Where it stands in the document. */
  readonly place: TextRange;
  /** The editor says it already, from the JSON itself or its schema. */
  readonly bySchema: boolean;
}

/** Which data a template is drawn with: the file's own, made from its schema, or what somebody wrote. */
export type DataChoice =
  { readonly source: 'own' } | { readonly source: 'schema' } | { readonly source: 'edited'; readonly text: string };

export interface PreviewData {
  /** Pretty printed. */
  readonly text: string;
  readonly origin: DataOrigin | 'edited';
  readonly problems: readonly DataProblem[];
  /** The origin while no other data is selected. */
  readonly ownOrigin: DataOrigin;
  readonly hasSchema: boolean;
}

/** What a document draws and what is wrong with it. */
export interface WidgetPreview {
  /** What the widget calls itself. */
  readonly name: string | null;
  /** The widget as JSON text; null when none could be made. */
  readonly output: string | null;
  /** The file's own picture of its widget, while there is no output. */
  readonly fallback: string | null;
  readonly problems: readonly PreviewProblem[];
  /** Null where nothing is filled in. */
  readonly data: PreviewData | null;
  /** Where in the document the widgets are, as JSON pointers, and which of them is drawn. */
  readonly widgets: readonly string[];
  readonly selected: number;
}

/** Longest document that is drawn, characters. */
export const maxDocumentText = 2_000_000;

/** A problem, with what most of them are. */
export function previewProblem(
  kind: PreviewProblemKind,
  message: string,
  rest: Partial<PreviewProblem> = {},
): PreviewProblem {
  return {
    kind,
    severity: 'error',
    message,
    path: null,
    inTemplate: null,
    place: { offset: 0, length: 0 },
    bySchema: false,
    ...rest,
  };
}

/**
 * Runs an evaluation; when the call stack is exhausted, by nesting or by a schema that refers to itself, the result says so.
 */
export function withinStack(evaluate: () => WidgetPreview): WidgetPreview {
  try {
    return evaluate();
  } catch (error) {
    if (error instanceof RangeError) return undrawn(previewProblem('file', previewMessages.documentTooDeep()));
    throw error;
  }
}

/** A document that shows nothing but what is wrong with it. */
export function undrawn(problem: PreviewProblem): WidgetPreview {
  return { name: null, output: null, fallback: null, problems: [problem], data: null, widgets: [], selected: 0 };
}

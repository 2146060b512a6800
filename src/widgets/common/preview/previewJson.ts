import * as l10n from '@vscode/l10n';
import { parse as parseLoosely, printParseErrorCode, type ParseError } from 'jsonc-parser';
import type { Json } from '../../../base/common/json.ts';
import { cutDeep } from '../../../base/common/parseJson.ts';
import { previewMessages } from './messages.ts';
import { findWidgets, type FoundWidget } from './findWidgets.ts';
import { JsonPositions } from './jsonPositions.ts';
import { maxDocumentText, previewProblem, undrawn, withinStack, type WidgetPreview } from './widgetPreview.ts';
import { widgetProblemsIn } from './widgetProblems.ts';

export interface PreviewJsonOptions {
  /** Which of the document's widgets; the last one when it has fewer. */
  readonly selected: number;
  /** The schema of widgets is attached to the document. */
  readonly hasSchema: boolean;
}

/** Finds the widgets of a JSON document (comments allowed) and checks the one that is selected. Never throws. */
export function previewJson(text: string, options: PreviewJsonOptions): WidgetPreview {
  return withinStack(() => previewWithin(text, options));
}

function previewWithin(text: string, { selected, hasSchema }: PreviewJsonOptions): WidgetPreview {
  if (text.length > maxDocumentText) {
    return undrawn(
      previewProblem(
        'file',
        l10n.t('The document is longer than {0} characters; it is not drawn.', String(maxDocumentText)),
      ),
    );
  }
  const read = readJson(text);
  if (!read.ok) {
    const place = { offset: read.offset, length: 1 };
    return undrawn(previewProblem('file', l10n.t('This is not JSON: {0}', read.message), { place, bySchema: true }));
  }
  const widgets = findWidgets(read.value);
  const index = Math.max(0, Math.min(selected, widgets.length - 1));
  const widget = widgets[index];
  if (widget === undefined) {
    const message = read.isCut ? previewMessages.tooDeep() : l10n.t('There is no widget in this document.');
    return undrawn(previewProblem('file', message));
  }
  const output = widget.text ?? written(widget.value);
  if (output === null) return undrawn(previewProblem('file', previewMessages.tooDeep()));
  return {
    name: null,
    output,
    fallback: null,
    problems: widgetProblemsIn(widget.value, {
      placeOf: placesIn(text, widget),
      hasSchema: hasSchema && widget.pointer === '',
    }),
    data: null,
    widgets: widgets.map(({ pointer }) => pointer),
    selected: index,
  };
}

/** Null for what is nested deeper than calls can be. */
function written(value: Json): string | null {
  try {
    return JSON.stringify(value);
  } catch {
    return null;
  }
}

function placesIn(text: string, { pointer, text: encoded }: FoundWidget) {
  const places = new JsonPositions(text);
  if (encoded === null) return (path: string) => places.placeOf(pointer + path);
  const inner = new JsonPositions(encoded);
  return (path: string) => places.placeInString(pointer, inner.placeOf(path));
}

type Read =
  | { readonly ok: true; readonly value: Json; readonly isCut: boolean }
  | { readonly ok: false; readonly message: string; readonly offset: number };

function readJson(text: string): Read {
  try {
    return bounded(JSON.parse(text) as Json);
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    try {
      const errors: ParseError[] = [];
      const value = parseLoosely(text, errors, { allowTrailingComma: true }) as Json;
      const [first] = errors;
      if (first === undefined) return bounded(value);
      return { ok: false, message: printParseErrorCode(first.error), offset: first.offset };
    } catch {
      return { ok: false, message, offset: 0 };
    }
  }
}

/** A widget that is nested deeper than JSON is read is not found; then that is the problem. */
function bounded(value: Json): Read {
  const cut = cutDeep(value);
  return { ok: true, value: cut, isCut: cut !== value };
}

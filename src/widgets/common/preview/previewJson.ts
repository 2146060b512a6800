import * as l10n from '@vscode/l10n';
import { parse as parseLoosely, printParseErrorCode, type ParseError } from 'jsonc-parser';
import type { Json } from '../../../base/common/json.ts';
import { cutDeep } from '../../../base/common/parseJson.ts';
import { previewMessages } from './messages.ts';
import { findWidgets, type FoundWidget } from './findWidgets.ts';
import { JsonPositions } from './jsonPositions.ts';
import { maxDocumentText, previewProblem, failedPreview, withinStack, type WidgetPreview } from './widgetPreview.ts';
import { widgetProblemsIn } from './widgetProblems.ts';

interface PreviewJsonOptions {
  /** Index of the widget in the document; the last one if there are fewer. */
  readonly selected: number;
  /** Whether the editor applies the JSON schema of widgets to the document. */
  readonly hasSchema: boolean;
}

/** Finds the widgets in a JSON document (comments are allowed) and checks the selected one. Never throws. */
export function previewJson(text: string, options: PreviewJsonOptions): WidgetPreview {
  return withinStack(() => previewWithin(text, options));
}

function previewWithin(text: string, { selected, hasSchema }: PreviewJsonOptions): WidgetPreview {
  if (text.length > maxDocumentText) {
    return failedPreview(previewProblem('file', previewMessages.tooLong(maxDocumentText)));
  }
  const parsed = parseDocument(text);
  if (!parsed.ok) {
    const range = { offset: parsed.offset, length: 1 };
    return failedPreview(
      previewProblem('file', l10n.t('This is not JSON: {0}', parsed.message), { range, bySchema: true }),
    );
  }
  const widgets = findWidgets(parsed.value);
  const index = Math.max(0, Math.min(selected, widgets.length - 1));
  const widget = widgets[index];
  if (widget === undefined) {
    const message = parsed.isCut ? previewMessages.tooDeep() : l10n.t('No widget found in this document.');
    return failedPreview(previewProblem('file', message));
  }
  const output = widget.text ?? stringify(widget.value);
  if (output === null) return failedPreview(previewProblem('file', previewMessages.tooDeep()));
  return {
    name: null,
    output,
    rendered: output,
    fallback: null,
    problems: widgetProblemsIn(widget.value, {
      placeOf: placesIn(text, widget),
      hasSchema: hasSchema && widget.pointer === '',
    }),
    data: null,
    copyText: widget.copyText ?? null,
    widgets: widgets.map(({ pointer }) => pointer),
    selected: index,
  };
}

/** Returns null if the value is nested too deeply to serialize. */
function stringify(value: Json): string | null {
  try {
    return JSON.stringify(value);
  } catch {
    return null;
  }
}

function placesIn(text: string, { pointer, text: encoded }: FoundWidget) {
  const positions = new JsonPositions(text);
  if (encoded === null) return (path: string) => ({ range: positions.rangeOf(pointer + path) });
  const inner = new JsonPositions(encoded);
  return (path: string) => ({ range: positions.rangeInString(pointer, inner.rangeOf(path)) });
}

type ParsedDocument =
  | { readonly ok: true; readonly value: Json; readonly isCut: boolean }
  | { readonly ok: false; readonly message: string; readonly offset: number };

function parseDocument(text: string): ParsedDocument {
  try {
    return boundedDocument(JSON.parse(text) as Json);
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    try {
      const errors: ParseError[] = [];
      const value = parseLoosely(text, errors, { allowTrailingComma: true }) as Json;
      const [first] = errors;
      if (first === undefined) return boundedDocument(value);
      return { ok: false, message: printParseErrorCode(first.error), offset: first.offset };
    } catch {
      return { ok: false, message, offset: 0 };
    }
  }
}

/** Removes levels that are nested too deeply. A widget in them is not found, which `isCut` explains. */
function boundedDocument(value: Json): ParsedDocument {
  const cut = cutDeep(value);
  return { ok: true, value: cut, isCut: cut !== value };
}

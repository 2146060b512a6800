import * as l10n from '@vscode/l10n';
import { type ParseError, parse as parseLoosely, printParseErrorCode } from 'jsonc-parser';
import { cutDeep, parseJson } from '../../../base/common/parseJson.ts';
import { type Json, isJsonObject } from '../../../base/common/json.ts';
import { componentSpec } from '../catalogue.ts';
import { pointerStep } from '../problems.ts';
import { maybeWidget } from './maybeWidget.ts';
import {
  type WidgetPreview,
  failedPreview,
  maxDocumentText,
  previewMessages,
  previewProblem,
  withinStack,
} from './widgetPreview.ts';
import { JsonPositions } from './jsonPositions.ts';
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

interface FoundWidget {
  /** JSON pointer to the widget in the document. */
  readonly pointer: string;
  readonly value: Json;
  /** The JSON text if the document contains the widget as a string, as the REST API sends it (chatkit-api 4.3); else null. */
  readonly text: string | null;
  /** `copy_text` of the item that contains it (chatkit-api 5.5). */
  readonly copyText?: string;
}

const maxWidgets = 100;
const maxVisited = 200_000;

/**
 * Finds the widgets in a JSON document (a widget, a thread item, a page of items…), in reading order: all objects that can be
 * the root of a widget. Does not search inside widgets.
 */
export function findWidgets(json: Json): readonly FoundWidget[] {
  // A document that is a component is always a widget; a component that cannot be a root is reported as a problem.
  if (isComponent(json, false)) return [{ pointer: '', value: json, text: null }];
  const found: FoundWidget[] = [];
  let visited = 0;
  // An explicit stack: documents can be nested more deeply than calls.
  const stack: { readonly value: Json; readonly pointer: string; readonly copyText?: string }[] = [
    { value: json, pointer: '' },
  ];
  for (let top = stack.pop(); top && found.length < maxWidgets && visited < maxVisited; top = stack.pop()) {
    visited += 1;
    const { value, pointer } = top;
    const copied = top.copyText === undefined ? {} : { copyText: top.copyText };
    if (typeof value === 'string') {
      const encoded = parseWidgetText(value);
      if (encoded !== undefined) found.push({ pointer, value: encoded, text: value, ...copied });
    } else if (isComponent(value, true)) {
      found.push({ pointer, value, text: null, ...copied });
    } else if (typeof value === 'object' && value !== null) {
      const copyText = isJsonObject(value) ? value['copy_text'] : undefined;
      const own = typeof copyText === 'string' ? { copyText } : {};
      for (const [key, inner] of Object.entries(value).toReversed()) {
        stack.push({ value: inner as Json, pointer: pointer + pointerStep(key), ...(key === 'widget' ? own : {}) });
      }
    }
  }
  return found;
}

function isComponent(value: Json, asRoot: boolean): boolean {
  if (!isJsonObject(value) || typeof value['type'] !== 'string') return false;
  const spec = componentSpec(value['type']);
  return spec !== undefined && (!asRoot || spec.root === true);
}

function parseWidgetText(text: string): Json | undefined {
  if (!/^\s{0,100}\{/.test(text) || !maybeWidget(text.slice(0, 2_000))) return undefined;
  try {
    const value = parseJson(text);
    return isComponent(value, true) ? value : undefined;
  } catch {
    return undefined;
  }
}

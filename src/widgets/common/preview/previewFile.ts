import * as l10n from '@vscode/l10n';
import { cutMark, parseJson } from '../../../base/common/parseJson.ts';
import { parse as parseLoosely, type ParseError } from 'jsonc-parser';
import type { Json, JsonObject } from '../../../base/common/json.ts';
import { isJsonObject } from '../../../base/common/json.ts';
import { patternFinds } from '../actions/pattern.ts';
import { printedSize } from '../schema/printedSize.ts';
import { maxApplications } from '../schema/schemaCost.ts';
import { previewData } from '../templates/previewData.ts';
import { previewDifferences, type PreviewDifference } from '../templates/previewDifferences.ts';
import { formatTemplateProblem, type TemplateProblem } from '../templates/problems.ts';
import { renderTemplate } from '../templates/render.ts';
import { sampleData } from '../templates/sampleData.ts';
import { traceTemplate, type TemplateTrace } from '../templates/trace.ts';
import { validateData, type DataProblem, type DataValidation } from '../templates/validateData.ts';
import { parseWidgetFile, type WidgetFile } from '../templates/widgetFile.ts';
import { JsonPositions, type TextRange } from './jsonPositions.ts';
import type { DataChoice, PreviewData, PreviewProblem, WidgetPreview } from './widgetPreview.ts';
import { maxDocumentText, previewProblem, undrawn, withinStack } from './widgetPreview.ts';
import { previewMessages } from './messages.ts';
import { widgetProblemsIn } from './widgetProblems.ts';

/** Data that is longer than this with indentation is printed without, characters. */
const maxPrinted = 1_000_000;

/**
 * Reads a `.widget` file (chatkit-api 6.11), renders its template and checks what comes out. Never throws, whatever the
 * text is.
 */
export function previewFile(text: string, choice: DataChoice): WidgetPreview {
  if (text.length > maxDocumentText) {
    return undrawn(
      previewProblem(
        'file',
        l10n.t('The document is longer than {0} characters; it is not drawn.', String(maxDocumentText)),
      ),
    );
  }
  const places = new JsonPositions(text);
  const read = parseWidgetFile(text);
  if (!read.ok) {
    const message =
      read.path === ''
        ? l10n.t('This is not JSON: {0}', read.message)
        : l10n.t('This is not a widget file: {0}', read.message);
    return undrawn(previewProblem('file', message, { place: places.placeOf(read.path), bySchema: true }));
  }
  return withinStack(() => new FilePreview(read.file, places, choice).run());
}

class FilePreview {
  readonly #file: WidgetFile;
  readonly #places: JsonPositions;
  readonly #data: { readonly value: JsonObject; readonly origin: PreviewData['origin'] };

  constructor(file: WidgetFile, places: JsonPositions, choice: DataChoice) {
    this.#file = file;
    this.#places = places;
    this.#data = chosenData(file, choice);
  }

  run(): WidgetPreview {
    const { name, template, outputJsonPreview } = this.#file;
    const { value } = this.#data;
    const { jsonSchema } = this.#file;
    const checked = jsonSchema === null ? null : validateData(jsonSchema, value, patternFinds);
    const data = this.#describeData(checked);
    const common = { name, data, widgets: [''], selected: 0 };
    const result = renderTemplate(template, value);
    const own = [...this.#schemaProblems(checked), ...this.#dataProblems(data)];
    if (!result.ok) {
      const { text } = result;
      const problems = result.problems.map((problem) => this.#templateProblem(problem, text));
      const fallback = outputJsonPreview === null ? null : JSON.stringify(outputJsonPreview);
      return { ...common, output: null, fallback, problems: [...problems, ...own] };
    }
    const trace = lazily(() => traceTemplate(template, value, result.text));
    const output = new JsonPositions(result.text);
    const placeOf = (pointer: string) => this.#outputPlace(output.placeOf(pointer), trace());
    const problems = [
      ...widgetProblemsIn(result.json, { placeOf, hasSchema: false }),
      ...this.#differences(result.json),
      ...own,
    ];
    return { ...common, output: result.text, fallback: null, problems };
  }

  #templateProblem(problem: TemplateProblem, output: string | null): PreviewProblem {
    const { code, offset, line, column } = problem;
    const broken = code === 'notJson' && output !== null ? this.#brokenOutput(output) : null;
    const inside = broken ?? { offset, length: nameLength(this.#file.template, offset) };
    const at = broken === null ? { line, column } : lineAndColumn(this.#file.template, broken.offset);
    return previewProblem('template', formatTemplateProblem(problem), {
      inTemplate: at,
      place: this.#places.placeInString('/template', inside),
    });
  }

  /** Where in the template that stands which makes the output something else than JSON. */
  #brokenOutput(output: string): TextRange | null {
    const first = firstError(output);
    if (first === undefined) return null;
    return traceTemplate(this.#file.template, this.#data.value, output)(Math.min(first.offset, output.length - 1));
  }

  #outputPlace(place: TextRange, trace: TemplateTrace): TextRange {
    const from = trace(place.offset);
    if (from === null) return this.#places.placeOf('/template');
    const last = trace(place.offset + Math.max(0, place.length - 1));
    const end = last === null ? from.offset + from.length : last.offset + last.length;
    const length = end > from.offset ? end - from.offset : from.length;
    return this.#places.placeInString('/template', { offset: from.offset, length });
  }

  /** Only the file's own data makes the file's own picture. */
  #differences(rendered: Json): readonly PreviewProblem[] {
    const { outputJsonPreview } = this.#file;
    if (outputJsonPreview === null || this.#data.origin !== 'defaultState') return [];
    return previewDifferences(outputJsonPreview, rendered).map(({ path, kind }) =>
      previewProblem('difference', differenceMessages[kind](path.split('/').at(-1) ?? ''), {
        severity: 'warning',
        path,
        place: this.#places.placeOf(`/outputJsonPreview${path}`),
      }),
    );
  }

  #describeData(checked: DataValidation | null): PreviewData {
    const { jsonSchema, studio } = this.#file;
    return {
      text: JSON.stringify(this.#data.value, null, printedSize(this.#data.value, maxPrinted) === Infinity ? 0 : 2),
      origin: this.#data.origin,
      problems: checked === null ? [] : problemsOf(checked),
      hasDefaultState: studio !== null && studio.defaultState !== null,
      hasSchema: jsonSchema !== null,
    };
  }

  /** A check that did not happen is reported, whichever data it was for. */
  #schemaProblems(checked: DataValidation | null): readonly PreviewProblem[] {
    if (checked === null || checked.ok || checked.reason !== 'expensive') return [];
    const place = this.#places.placeOf('/jsonSchema');
    const message = previewMessages.schemaExpensive(maxApplications);
    return [previewProblem('data', message, { severity: 'warning', place })];
  }

  /** Problems of the file's own data, and of any data that is nested too deeply to be used completely. */
  #dataProblems({ origin, problems, text }: PreviewData): readonly PreviewProblem[] {
    const place = this.#places.placeOf('/encodedWidget');
    const head = { offset: place.offset, length: Math.min(place.length, 20) };
    const report = (message: string, path: string) =>
      previewProblem('data', l10n.t('Sample data: {0}', message), { severity: 'warning', path, place: head });
    const found = origin === 'defaultState' ? problems.map(({ path, message }) => report(message, path)) : [];
    return text.includes(cutMark) ? [...found, report(cutMark, '')] : found;
  }
}

const differenceMessages: Readonly<Record<PreviewDifference['kind'], (key: string) => string>> = {
  missing: () => l10n.t('outputJsonPreview has this, the template does not make it.'),
  extra: (key) => l10n.t('The template makes {0}, which outputJsonPreview does not have.', key),
  changed: () => l10n.t('The template makes another value than outputJsonPreview has.'),
};

function chosenData(file: WidgetFile, choice: DataChoice) {
  if (choice.source === 'edited') {
    const value = parseObject(choice.text);
    if (value !== null) return { value, origin: 'edited' as const };
  }
  if (choice.source === 'schema' && file.jsonSchema !== null) {
    const value = sampleData(file.jsonSchema);
    if (isJsonObject(value)) return { value, origin: 'jsonSchema' as const };
  }
  const { data, origin } = previewData(file);
  return { value: data, origin };
}

function parseObject(text: string): JsonObject | null {
  try {
    const value: unknown = parseJson(text);
    return isJsonObject(value) ? value : null;
  } catch {
    return null;
  }
}

function problemsOf(checked: DataValidation): readonly DataProblem[] {
  if (checked.ok) return checked.problems;
  // The document's problems include this one.
  if (checked.reason === 'expensive') return [];
  return [{ path: '', message: l10n.t('The schema cannot be read: {0}', checked.message) }];
}

/** Length of the name at a place of the template; 1 where none is. */
function nameLength(template: string, offset: number): number {
  const name = /[\w$]+/y;
  name.lastIndex = offset;
  return name.exec(template)?.[0].length ?? 1;
}

function lineAndColumn(text: string, offset: number): { readonly line: number; readonly column: number } {
  const lines = text.slice(0, offset).split('\n');
  return { line: lines.length, column: (lines.at(-1)?.length ?? 0) + 1 };
}

/** Undefined also for what is nested deeper than the parser can follow. */
function firstError(text: string): ParseError | undefined {
  const errors: ParseError[] = [];
  try {
    parseLoosely(text, errors);
  } catch {
    return undefined;
  }
  return errors[0];
}

function lazily<T>(make: () => T): () => T {
  let made: { readonly value: T } | undefined;
  return () => (made ??= { value: make() }).value;
}

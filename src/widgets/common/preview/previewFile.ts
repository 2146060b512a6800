import * as l10n from '@vscode/l10n';
import { cutMark, parseJson } from '../../../base/common/parseJson.ts';
import { parse as parseLoosely, type ParseError } from 'jsonc-parser';
import type { Json, JsonObject } from '../../../base/common/json.ts';
import { isJsonObject } from '../../../base/common/json.ts';
import { patternFinds } from '../actions/pattern.ts';
import { printedSize } from '../schema/printedSize.ts';
import { maxApplications } from '../schema/schemaCost.ts';
import type { PyDict } from '../jinja/values/dictionary.ts';
import { generatedData, previewData, type DataOrigin } from '../templates/previewData.ts';
import { previewDifferences, type PreviewDifference } from '../templates/previewDifferences.ts';
import { formatTemplateProblem, type TemplateProblem } from '../templates/problems.ts';
import { printData, pythonData, pythonDataOfText } from '../templates/pythonData.ts';
import { renderTemplate, type TemplateResult, type UnreadableOutput } from '../templates/render.ts';
import type { TemplatePlace, TemplateTrace } from '../templates/trace.ts';
import { validateData, type DataProblem, type DataValidation } from '../templates/validateData.ts';
import { parseWidgetFile, type WidgetFile } from '../templates/widgetFile.ts';
import { JsonPositions, type TextRange } from './jsonPositions.ts';
import type { DataChoice, PreviewData, PreviewProblem, WidgetPreview } from './preview.ts';
import { maxDocumentText, previewProblem, undrawn, withinStack } from './preview.ts';
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

interface ChosenData {
  readonly data: JsonObject;
  readonly python: () => PyDict;
  readonly origin: PreviewData['origin'];
}

class FilePreview {
  readonly #file: WidgetFile;
  readonly #places: JsonPositions;
  #data: ChosenData;

  constructor(file: WidgetFile, places: JsonPositions, choice: DataChoice) {
    this.#file = file;
    this.#places = places;
    this.#data = chosenData(file, choice);
  }

  run(): WidgetPreview {
    const { name, template, jsonSchema, outputJsonPreview } = this.#file;
    const result =
      this.#data.origin === 'outputJsonPreview'
        ? this.#withoutData(outputJsonPreview)
        : renderTemplate(template, this.#data.python);
    const checked = jsonSchema === null ? null : validateData(jsonSchema, this.#data.data, patternFinds);
    const data = this.#describeData(checked);
    const common = { name, data, widgets: [''], selected: 0 };
    const own = [...this.#schemaProblems(checked), ...this.#dataProblems(data)];
    if (result === null) {
      const output = JSON.stringify(outputJsonPreview);
      return { ...common, output, fallback: null, problems: [...this.#picture(outputJsonPreview), ...own] };
    }
    if (!result.ok) {
      const fallback = outputJsonPreview === null ? null : JSON.stringify(outputJsonPreview);
      const problem = this.#templateProblem(result.problem, result.unreadable);
      return { ...common, output: null, fallback, problems: [problem, ...own] };
    }
    const { json, text, trace } = result;
    const output = new JsonPositions(text);
    const isGenerated = (pointer: string) => hasExpression(output.placeOf(pointer), trace);
    const problems = [
      ...widgetProblemsIn(json, {
        placeOf: (pointer) => this.#outputPlace(output.placeOf(pointer), trace),
        hasSchema: false,
        ...(this.#data.origin === 'jsonSchema' ? { isGenerated } : {}),
      }),
      ...this.#differences(json),
      ...own,
    ];
    return { ...common, output: text, fallback: null, problems };
  }

  /**
   * Renders a template of a file without data. Null when it needs data, so that the file's picture is shown; the data of a
   * template that renders the picture without any is known exactly.
   */
  #withoutData(outputJsonPreview: Json): TemplateResult | null {
    const result = renderTemplate(this.#file.template, {});
    if (!result.ok) return isIndependentOfData(result.problem) ? result : null;
    if (previewDifferences(outputJsonPreview, result.json).length > 0) return null;
    this.#data = { data: {}, python: () => pythonData({}), origin: 'none' };
    return result;
  }

  /** Problems of the file's picture of its widget, which is shown in place of a rendered one. */
  #picture(outputJsonPreview: Json): readonly PreviewProblem[] {
    const placeOf = (pointer: string) => this.#places.placeOf(`/outputJsonPreview${pointer}`);
    const note = previewProblem('data', previewMessages.noSampleData(), { severity: 'info', place: placeOf('') });
    return [...widgetProblemsIn(outputJsonPreview, { placeOf, hasSchema: false }), note];
  }

  #templateProblem(problem: TemplateProblem, output: UnreadableOutput | null): PreviewProblem {
    const { offset, length, line, column } = problem;
    const broken = output === null ? null : brokenPlace(output);
    return previewProblem('template', formatTemplateProblem(problem), {
      severity: problem.code === 'unsupported' ? 'warning' : 'error',
      inTemplate: broken === null ? { line, column } : lineAndColumn(this.#file.template, broken.offset),
      place: this.#places.placeInString('/template', broken ?? { offset, length }),
    });
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
    const { jsonSchema } = this.#file;
    const { data, python, origin } = this.#data;
    const isGenerated = origin === 'jsonSchema' || origin === 'outputJsonPreview';
    return {
      text: printData(python(), printedSize(data, maxPrinted) === Infinity ? 0 : 2),
      origin,
      // What generated data lacks is no fault of the file.
      problems: checked === null || (checked.ok && isGenerated) ? [] : problemsOf(checked),
      ownOrigin: origin === 'none' ? origin : this.#ownOrigin(),
      hasSchema: jsonSchema !== null,
    };
  }

  #ownOrigin(): DataOrigin {
    const { studio, outputJsonPreview, jsonSchema } = this.#file;
    if (studio !== null && studio.defaultState !== null) return 'defaultState';
    if (outputJsonPreview !== null) return 'outputJsonPreview';
    return jsonSchema === null ? 'none' : 'jsonSchema';
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

function chosenData(file: WidgetFile, choice: DataChoice): ChosenData {
  if (choice.source === 'edited') {
    const { text } = choice;
    const data = parseObject(text);
    if (data !== null) return { data, python: () => pythonDataOfText(text, data), origin: 'edited' };
  }
  if (choice.source === 'schema') {
    const generated = generatedData(file);
    if (generated.origin === 'jsonSchema') return generated;
  }
  return previewData(file);
}

/** Problems that every data has: those of the parser, and what the preview does not support. */
function isIndependentOfData({ code, args: [kind = ''] }: TemplateProblem): boolean {
  if (code === 'sourceTooLong' || code === 'unsupported') return true;
  return code === 'python' && /^(?:Template(?:Syntax|Assertion)Error|SyntaxError)$/.test(kind);
}

/** Whether an expression gave a part of the output, as far as its edges show. */
function hasExpression({ offset, length }: TextRange, trace: TemplateTrace): boolean {
  const edges = [offset, offset + 1, offset + length - 2, offset + length - 1];
  return edges.some((at) => at >= offset && at < offset + length && trace(at)?.literal === false);
}

/** The place in the template of what makes an output invalid JSON. */
function brokenPlace({ text, trace }: UnreadableOutput): TemplatePlace | null {
  const first = firstError(text);
  return first === undefined ? null : trace(Math.min(first.offset, text.length - 1));
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

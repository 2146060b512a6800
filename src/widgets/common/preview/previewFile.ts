import * as l10n from '@vscode/l10n';
import { type ParseError, parse as parseLoosely } from 'jsonc-parser';
import { cutMark, parseJson } from '../../../base/common/parseJson.ts';
import { type Json, type JsonObject, isJsonObject } from '../../../base/common/json.ts';
import { patternFinds } from '../actions/pattern.ts';
import { maxApplications, printedSize } from '../schema/schemaCost.ts';
import type { PyDict } from '../jinja/values/dictionary.ts';
import type { DataOrigin } from '../dataOrigin.ts';
import { type PreviewDifference, generatedData, previewData, previewDifferences } from '../templates/previewData.ts';
import { derivedData } from '../templates/derivedData.ts';
import { type TemplateProblem, formatTemplateProblem, templateProblemSeverity } from '../templates/problems.ts';
import { printData, pythonData, pythonDataOfText } from '../templates/pythonData.ts';
import {
  type TemplatePlace,
  type TemplateResult,
  type TemplateTrace,
  type UnreadableOutput,
  renderTemplate,
} from '../templates/render.ts';
import { type DataProblem, type DataValidation, validateData } from '../templates/validateData.ts';
import { type WidgetFile, parseWidgetFile } from '../templates/widgetFile.ts';
import { JsonPositions, type TextRange } from './jsonPositions.ts';
import {
  type DataChoice,
  type PreviewData,
  type PreviewProblem,
  type WidgetPreview,
  failedPreview,
  maxDocumentText,
  previewMessages,
  previewProblem,
  withinStack,
} from './widgetPreview.ts';
import { widgetProblemsIn } from './widgetProblems.ts';

/** Maximum length of indented data, in characters; longer data is not indented. */
const maxPrinted = 1_000_000;

/** Parses a `.widget` file (chatkit-api 6.11), renders its template and checks the resulting widget. Never throws. */
export function previewFile(text: string, choice: DataChoice): WidgetPreview {
  if (text.length > maxDocumentText) {
    return failedPreview(previewProblem('file', previewMessages.tooLong(maxDocumentText)));
  }
  const places = new JsonPositions(text);
  const read = parseWidgetFile(text);
  if (!read.ok) {
    const message =
      read.path === '' ? previewMessages.invalidJson(read.message) : l10n.t('Invalid widget file: {0}', read.message);
    return failedPreview(previewProblem('file', message, { range: places.rangeOf(read.path), bySchema: true }));
  }
  return withinStack(() => new FilePreview(read.file, places, choice).run());
}

interface ChosenData {
  readonly data: JsonObject;
  readonly python: () => PyDict;
  readonly origin: PreviewData['origin'];
  /** The problem without the optional properties that the data contains; null if it contains none. */
  readonly needed: TemplateProblem | null;
}

class FilePreview {
  readonly #file: WidgetFile;
  readonly #positions: JsonPositions;
  #data: ChosenData;

  constructor(file: WidgetFile, places: JsonPositions, choice: DataChoice) {
    this.#file = file;
    this.#positions = places;
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
    const common = { name, data, copyText: null, widgets: [''], selected: 0 };
    const own = [...this.#schemaProblems(checked), ...this.#dataProblems(data)];
    if (result === null) {
      const output = JSON.stringify(outputJsonPreview);
      const problems = [...this.#picture(outputJsonPreview), ...own];
      return { ...common, output, rendered: null, fallback: null, problems };
    }
    if (!result.ok) {
      const fallback = outputJsonPreview === null ? null : JSON.stringify(outputJsonPreview);
      const problem = this.#templateProblem(result.problem, result.unreadable);
      const rendered = result.unreadable?.text ?? null;
      return { ...common, output: null, rendered, fallback, problems: [problem, ...own] };
    }
    const { json, text, placedText, trace } = result;
    const output = new JsonPositions(placedText);
    const isGenerated = (pointer: string) => hasExpression(output.rangeOf(pointer), trace);
    const problems = [
      ...this.#optionalProblem(),
      ...result.notes.map((note) => this.#templateProblem(note, null)),
      ...widgetProblemsIn(json, {
        placeOf: (pointer) => this.#outputPlace(output.rangeOf(pointer), trace),
        hasSchema: false,
        ...(this.#data.origin === 'jsonSchema' ? { isGenerated } : {}),
      }),
      ...this.#differences(json),
      ...own,
    ];
    return { ...common, output: text, rendered: result.printed, fallback: null, problems };
  }

  /**
   * Renders a template of a file without data: with none if it needs none, else with the data that explains the file's picture.
   * Null if that is not known, so that the picture is shown.
   */
  #withoutData(outputJsonPreview: Json): TemplateResult | null {
    const result = renderTemplate(this.#file.template, {});
    if (!result.ok && isIndependentOfData(result.problem)) return result;
    if (result.ok && previewDifferences(outputJsonPreview, result.json).length === 0) {
      this.#data = { data: {}, python: () => pythonData({}), origin: 'none', needed: null };
      return result;
    }
    const { template, jsonSchema } = this.#file;
    const data = jsonSchema === null ? null : derivedData(template, jsonSchema, outputJsonPreview);
    if (data === null) return null;
    this.#data = { data, python: () => pythonData(data), origin: 'derived', needed: null };
    return renderTemplate(template, data);
  }

  /** Returns the problems of `outputJsonPreview`, which is shown instead of a rendered widget. */
  #picture(outputJsonPreview: Json): readonly PreviewProblem[] {
    const placeOf = (pointer: string) => ({ range: this.#positions.rangeOf(`/outputJsonPreview${pointer}`) });
    const note = previewProblem('data', previewMessages.noSampleData(), {
      code: 'noSampleData',
      severity: 'info',
      ...placeOf(''),
    });
    return [...widgetProblemsIn(outputJsonPreview, { placeOf, hasSchema: false }), note];
  }

  #templateProblem(problem: TemplateProblem, output: UnreadableOutput | null): PreviewProblem {
    const { code, args, offset, length, line, column } = problem;
    const broken = output === null || code === 'method' ? null : brokenPlace(output);
    return previewProblem('template', formatTemplateProblem(problem), {
      // An error of Python is named as there: TemplateSyntaxError.
      code: code === 'python' ? (args[0] ?? code) : code,
      severity: templateProblemSeverity(problem),
      templatePosition: broken === null ? { line, column } : lineAndColumn(this.#file.template, broken.offset),
      ...this.#templatePlace(broken ?? { offset, length }),
    });
  }

  #templatePlace({ offset, length }: TextRange): Pick<PreviewProblem, 'range' | 'part'> {
    const range = this.#positions.rangeInString('/template', { offset, length });
    return { range, part: { name: 'template', offset, length } };
  }

  #outputPlace(place: TextRange, trace: TemplateTrace): Pick<PreviewProblem, 'range' | 'part'> {
    const from = trace(place.offset);
    if (from === null) return { range: this.#positions.rangeOf('/template'), part: null };
    const last = trace(place.offset + Math.max(0, place.length - 1));
    const end = last === null ? from.offset + from.length : last.offset + last.length;
    const length = end > from.offset ? end - from.offset : from.length;
    return this.#templatePlace({ offset: from.offset, length });
  }

  /** The template needs a property that the schema does not require: it fails with data that the schema allows. */
  #optionalProblem(): readonly PreviewProblem[] {
    const { needed } = this.#data;
    if (needed === null) return [];
    return [
      previewProblem('template', previewMessages.needsOptional(formatTemplateProblem(needed)), {
        code: 'needsOptional',
        severity: 'warning',
        templatePosition: { line: needed.line, column: needed.column },
        ...this.#templatePlace(needed),
      }),
    ];
  }

  /** `outputJsonPreview` can only be compared if the template is rendered with the default data. */
  #differences(rendered: Json): readonly PreviewProblem[] {
    const { outputJsonPreview } = this.#file;
    if (outputJsonPreview === null || this.#data.origin !== 'defaultState') return [];
    return previewDifferences(outputJsonPreview, rendered).map(({ path, kind }) =>
      previewProblem('difference', differenceMessages[kind](path.split('/').at(-1) ?? ''), {
        severity: 'warning',
        path,
        range: this.#positions.rangeOf(`/outputJsonPreview${path}`),
      }),
    );
  }

  #describeData(checked: DataValidation | null): PreviewData {
    const { jsonSchema } = this.#file;
    const { data, python, origin } = this.#data;
    const isGenerated = origin === 'jsonSchema' || origin === 'outputJsonPreview' || origin === 'derived';
    return {
      text: printData(python(), printedSize(data, maxPrinted) === Infinity ? 0 : 2),
      origin,
      // Missing values of data that is not in the file are not a problem of the file.
      problems: checked === null || (checked.ok && isGenerated) ? [] : problemsOf(checked),
      ownOrigin: origin === 'none' || origin === 'derived' ? origin : this.#ownOrigin(),
      hasSchema: jsonSchema !== null,
    };
  }

  #ownOrigin(): DataOrigin {
    const { studio, outputJsonPreview, jsonSchema } = this.#file;
    if (studio !== null && studio.defaultState !== null) return 'defaultState';
    if (outputJsonPreview !== null) return 'outputJsonPreview';
    return jsonSchema === null ? 'none' : 'jsonSchema';
  }

  /** Reports a check that was skipped, for any data. */
  #schemaProblems(checked: DataValidation | null): readonly PreviewProblem[] {
    if (checked === null || checked.ok || checked.reason !== 'expensive') return [];
    const place = this.#positions.rangeOf('/jsonSchema');
    const message = previewMessages.schemaExpensive(maxApplications);
    const part = { name: 'schema', pointer: '' } as const;
    return [previewProblem('data', message, { severity: 'warning', range: place, part })];
  }

  /** Problems of the default data, and of any data that is truncated because it is nested too deeply. */
  #dataProblems({ origin, problems, text }: PreviewData): readonly PreviewProblem[] {
    const place = this.#positions.rangeOf('/encodedWidget');
    const head = { offset: place.offset, length: Math.min(place.length, 20) };
    const report = (message: string, path: string) =>
      previewProblem('data', l10n.t('Sample data: {0}', message), {
        severity: 'warning',
        path,
        range: head,
        part: { name: 'data', pointer: path },
      });
    const found = origin === 'defaultState' ? problems.map(({ path, message }) => report(message, path)) : [];
    return text.includes(cutMark) ? [...found, report(cutMark, '')] : found;
  }
}

const differenceMessages: Readonly<Record<PreviewDifference['kind'], (key: string) => string>> = {
  missing: () => l10n.t('In outputJsonPreview but not produced by the template.'),
  extra: (key) => l10n.t('The template produces {0}, which is not in outputJsonPreview.', key),
  changed: () => l10n.t('The template produces a different value than outputJsonPreview has.'),
};

function chosenData(file: WidgetFile, choice: DataChoice): ChosenData {
  if (choice.source === 'edited') {
    const { text } = choice;
    const data = parseObject(text);
    if (data !== null) return { data, python: () => pythonDataOfText(text, data), origin: 'edited', needed: null };
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

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
import { maxDocumentText, previewProblem, failedPreview, withinStack } from './widgetPreview.ts';
import { previewMessages } from './messages.ts';
import { widgetProblemsIn } from './widgetProblems.ts';

/** Maximum length of indented data, in characters; longer data is not indented. */
const maxPrinted = 1_000_000;

/** Parses a `.widget` file (chatkit-api 6.11), renders its template and checks the resulting widget. Never throws. */
export function previewFile(text: string, choice: DataChoice): WidgetPreview {
  if (text.length > maxDocumentText) {
    return failedPreview(previewProblem('file', previewMessages.tooLong(maxDocumentText)));
  }
  const positions = new JsonPositions(text);
  const parsed = parseWidgetFile(text);
  if (!parsed.ok) {
    const message =
      parsed.path === ''
        ? previewMessages.invalidJson(parsed.message)
        : l10n.t('Invalid widget file: {0}', parsed.message);
    return failedPreview(previewProblem('file', message, { range: positions.rangeOf(parsed.path), bySchema: true }));
  }
  return withinStack(() => new FilePreview(parsed.file, positions, choice).run());
}

class FilePreview {
  readonly #file: WidgetFile;
  readonly #positions: JsonPositions;
  readonly #data: { readonly value: JsonObject; readonly origin: PreviewData['origin'] };

  constructor(file: WidgetFile, positions: JsonPositions, choice: DataChoice) {
    this.#file = file;
    this.#positions = positions;
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
    const otherProblems = [...this.#schemaProblems(checked), ...this.#dataProblems(data)];
    if (!result.ok) {
      const { text } = result;
      const problems = result.problems.map((problem) => this.#templateProblem(problem, text));
      const fallback = outputJsonPreview === null ? null : JSON.stringify(outputJsonPreview);
      return { ...common, output: null, fallback, problems: [...problems, ...otherProblems] };
    }
    const trace = lazily(() => traceTemplate(template, value, result.text));
    const output = new JsonPositions(result.text);
    const rangeOf = (pointer: string) => this.#rangeInFile(output.rangeOf(pointer), trace());
    const problems = [
      ...widgetProblemsIn(result.json, { rangeOf, hasSchema: false }),
      ...this.#differences(result.json),
      ...otherProblems,
    ];
    return { ...common, output: result.text, fallback: null, problems };
  }

  #templateProblem(problem: TemplateProblem, output: string | null): PreviewProblem {
    const { code, offset, line, column } = problem;
    const brokenRange = code === 'notJson' && output !== null ? this.#brokenOutput(output) : null;
    const templateRange = brokenRange ?? { offset, length: nameLength(this.#file.template, offset) };
    const templatePosition =
      brokenRange === null ? { line, column } : lineAndColumn(this.#file.template, brokenRange.offset);
    return previewProblem('template', formatTemplateProblem(problem), {
      templatePosition,
      range: this.#positions.rangeInString('/template', templateRange),
    });
  }

  /** The part of the template that produces the first invalid character of the output. */
  #brokenOutput(output: string): TextRange | null {
    const error = firstError(output);
    if (error === undefined) return null;
    return traceTemplate(this.#file.template, this.#data.value, output)(Math.min(error.offset, output.length - 1));
  }

  #rangeInFile(outputRange: TextRange, trace: TemplateTrace): TextRange {
    const from = trace(outputRange.offset);
    if (from === null) return this.#positions.rangeOf('/template');
    const last = trace(outputRange.offset + Math.max(0, outputRange.length - 1));
    const end = last === null ? from.offset + from.length : last.offset + last.length;
    const length = end > from.offset ? end - from.offset : from.length;
    return this.#positions.rangeInString('/template', { offset: from.offset, length });
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
    const { jsonSchema, studio } = this.#file;
    return {
      text: JSON.stringify(this.#data.value, null, printedSize(this.#data.value, maxPrinted) === Infinity ? 0 : 2),
      origin: this.#data.origin,
      problems: checked === null ? [] : problemsOf(checked),
      hasDefaultState: studio !== null && studio.defaultState !== null,
      hasSchema: jsonSchema !== null,
    };
  }

  /** Reports a check that was skipped, for any data. */
  #schemaProblems(checked: DataValidation | null): readonly PreviewProblem[] {
    if (checked === null || checked.ok || checked.reason !== 'expensive') return [];
    const range = this.#positions.rangeOf('/jsonSchema');
    const message = previewMessages.schemaExpensive(maxApplications);
    return [previewProblem('data', message, { severity: 'warning', range })];
  }

  /** Problems of the default data, and of any data that is truncated because it is nested too deeply. */
  #dataProblems({ origin, problems, text }: PreviewData): readonly PreviewProblem[] {
    const { offset, length } = this.#positions.rangeOf('/encodedWidget');
    const range = { offset, length: Math.min(length, 20) };
    const report = (message: string, path: string) =>
      previewProblem('data', l10n.t('Sample data: {0}', message), { severity: 'warning', path, range });
    const found = origin === 'defaultState' ? problems.map(({ path, message }) => report(message, path)) : [];
    return text.includes(cutMark) ? [...found, report(cutMark, '')] : found;
  }
}

const differenceMessages: Readonly<Record<PreviewDifference['kind'], (key: string) => string>> = {
  missing: () => l10n.t('In outputJsonPreview but not produced by the template.'),
  extra: (key) => l10n.t('The template produces {0}, which is not in outputJsonPreview.', key),
  changed: () => l10n.t('The template produces a different value than outputJsonPreview has.'),
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
  // Reported as a problem of the document.
  if (checked.reason === 'expensive') return [];
  return [{ path: '', message: l10n.t('Could not read the schema: {0}', checked.message) }];
}

/** Length of the name at an offset of the template; 1 if there is none. */
function nameLength(template: string, offset: number): number {
  const name = /[\w$]+/y;
  name.lastIndex = offset;
  return name.exec(template)?.[0].length ?? 1;
}

function lineAndColumn(text: string, offset: number): { readonly line: number; readonly column: number } {
  const lines = text.slice(0, offset).split('\n');
  return { line: lines.length, column: (lines.at(-1)?.length ?? 0) + 1 };
}

/** Returns the first JSON error; undefined also if the text is nested too deeply for the parser. */
function firstError(text: string): ParseError | undefined {
  const errors: ParseError[] = [];
  try {
    parseLoosely(text, errors);
  } catch {
    return undefined;
  }
  return errors[0];
}

function lazily<T>(create: () => T): () => T {
  let cached: { readonly value: T } | undefined;
  return () => (cached ??= { value: create() }).value;
}

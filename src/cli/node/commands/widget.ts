import { type Json, isJsonObject } from '../../../base/common/json.ts';
import { parseJson, parsedOrUndefined } from '../../../base/common/parseJson.ts';
import { visible } from '../../../base/common/plainText.ts';
import type { DataChoice, PreviewProblem, WidgetPreview } from '../../../widgets/common/preview/widgetPreview.ts';
import type { EvaluationJob } from '../../../widgets/node/evaluationProtocol.ts';
import { StoppedJobs } from '../../../widgets/node/stoppedJobs.ts';
import { WidgetEvaluator } from '../../../widgets/node/widgetEvaluator.ts';
import type { Context } from '../connection.ts';
import { CliError, exitCodes } from '../errors.ts';
import { readText } from '../files.ts';

/** A problem with its place in the file; `template` is the place in the template, which is one line of the file. */
interface PlacedProblem {
  readonly code: string;
  readonly severity: PreviewProblem['severity'];
  readonly message: string;
  readonly line: number;
  readonly column: number;
  readonly template: { readonly line: number; readonly column: number } | null;
}

interface CheckedWidget {
  readonly ok: boolean;
  readonly text: string | null;
  readonly json: Json | undefined;
  readonly problems: readonly PlacedProblem[];
}

/** Renders the template of a `.widget` file with its own data or with that of `--data`, in a worker thread with limits. */
export async function renderWidget(path: string, { data }: { readonly data?: string }, context: Context) {
  const { out } = context;
  const choice = data === undefined ? ownData : await dataFrom(data, context);
  const [checked] = await evaluateAll([path], choice, context);
  if (checked === undefined) return exitCodes.usage;
  if (out.isJson) await out.json(resultJson(checked));
  else {
    if (checked.text !== null) await out.line(visible(checked.text));
    for (const problem of checked.problems) out.note(problemLine(path, problem));
  }
  return checked.ok ? exitCodes.fine : exitCodes.failed;
}

/** Checks `.widget` files and JSON files with a widget: templates, data, components and props. */
export async function checkWidgets(paths: readonly string[], context: Context): Promise<number> {
  const { out } = context;
  const checked = await evaluateAll(paths, ownData, context);
  if (out.isJson) await out.json(checked.map((one, index) => ({ file: paths[index] ?? '', ...resultJson(one) })));
  else {
    for (const [index, { ok, problems }] of checked.entries()) {
      const path = paths[index] ?? '';
      const mark = ok ? out.paint('green', '✓') : out.paint('red', '✗');
      await out.line(`${mark} ${visible(path)}`);
      for (const problem of problems) await out.line(`  ${problemLine(path, problem)}`);
    }
  }
  return checked.every(({ ok }) => ok) ? exitCodes.fine : exitCodes.failed;
}

const ownData: DataChoice = { source: 'own' };

async function dataFrom(path: string, context: Context): Promise<DataChoice> {
  const text = await readText(path, context);
  let value: Json;
  try {
    value = parseJson(text);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new CliError('file', `${path} is not JSON: ${reason}`, 'pass the data of the template as a JSON object');
  }
  if (!isJsonObject(value)) {
    throw new CliError('file', `${path} is not a JSON object.`, 'pass the data of the template as a JSON object');
  }
  return { source: 'edited', text };
}

async function evaluateAll(
  paths: readonly string[],
  choice: DataChoice,
  context: Context,
): Promise<readonly CheckedWidget[]> {
  const texts = await Promise.all(paths.map((path) => readText(path, context)));
  const evaluator = new WidgetEvaluator({
    script: new URL('./widgetWorker.js', import.meta.url),
    stoppedJobs: new StoppedJobs([], () => undefined),
  });
  const stop = (): void => evaluator.dispose();
  context.signal.addEventListener('abort', stop, { once: true });
  try {
    const results = await Promise.all(
      texts.map(async (text, index) => {
        const { preview } = await evaluator.evaluate(String(index), jobOf(paths[index] ?? '', text, choice));
        return resultOf(text, preview);
      }),
    );
    context.signal.throwIfAborted();
    return results;
  } finally {
    evaluator.dispose();
  }
}

function jobOf(path: string, text: string, choice: DataChoice): EvaluationJob {
  return path.endsWith('.json') || path.endsWith('.jsonc')
    ? { source: 'json', text, selected: 0, hasSchema: false }
    : { source: 'file', text, choice };
}

function resultOf(text: string, preview: WidgetPreview): CheckedWidget {
  const problems = [...preview.problems, ...dataProblems(preview)].map((problem) => placed(text, problem));
  return {
    ok: problems.every(({ severity }) => severity !== 'error'),
    text: preview.rendered,
    json: preview.rendered === null ? undefined : parsedOrUndefined(preview.rendered),
    problems,
  };
}

/** Data of `--data` that does not match the schema of the file. The editor shows these beside the data. */
function dataProblems({ data }: WidgetPreview): readonly PreviewProblem[] {
  if (data?.origin !== 'edited') return [];
  return data.problems.map(({ path, message }) => ({
    kind: 'data',
    code: 'data',
    severity: 'warning',
    message: `Data: ${path === '' ? '' : `${path}: `}${message}`,
    path,
    templatePosition: null,
    range: { offset: 0, length: 0 },
    part: null,
    bySchema: false,
  }));
}

function placed(text: string, { code, severity, message, range, templatePosition }: PreviewProblem): PlacedProblem {
  const before = text.slice(0, range.offset);
  const line = before.split('\n').length;
  const column = range.offset - (before.lastIndexOf('\n') + 1) + 1;
  return { code, severity, message, line, column, template: templatePosition };
}

function resultJson({ ok, text, json, problems }: CheckedWidget): { readonly [key: string]: Json } {
  return {
    ok,
    ...(text === null ? {} : { text }),
    ...(json === undefined ? {} : { json }),
    problems: problems.map(({ template, ...problem }) => ({
      ...problem,
      ...(template === null ? {} : { template: { ...template } }),
    })),
  };
}

function problemLine(path: string, { code, severity, message, line, column, template }: PlacedProblem): string {
  const inTemplate = template === null || template.line === 1 ? '' : ` (template line ${template.line})`;
  return `${visible(path)}:${line}:${column}: ${severity}: ${visible(message)}${inTemplate} [${code}]`;
}

import type { Json, JsonObject } from '../../../base/common/json.ts';
import { parseJson } from '../../../base/common/parseJson.ts';
import { parseTemplate, renderTemplate as renderText, type Rendered } from '../jinja/template.ts';
import type { PyDict } from '../jinja/values/dictionary.ts';
import { problemAt, templateProblem, type TemplateProblem } from './problems.ts';
import { pythonData } from './pythonData.ts';
import { templateTrace, type TemplateTrace } from './trace.ts';

export type TemplateResult =
  | { readonly ok: true; readonly json: Json; readonly text: string; readonly trace: TemplateTrace }
  | { readonly ok: false; readonly problem: TemplateProblem; readonly unreadable: UnreadableOutput | null };

/** What a template rendered that is not JSON. */
export interface UnreadableOutput {
  readonly text: string;
  readonly trace: TemplateTrace;
}

/** Longest template that is rendered, in characters. */
const maxSource = 300_000;

/**
 * Renders the template of a `.widget` file and reads the output as JSON, as `WidgetTemplate.build` of the Python package does
 * (chatkit-api 6.11). The template is untrusted: it sees only the data, and has limits. Never throws.
 * @param data JSON, or a function that makes the Python values; a template can change them
 */
export function renderTemplate(source: string, data: JsonObject | (() => PyDict)): TemplateResult {
  if (source.length > maxSource) {
    const problem = problemAt(source, { start: 0, end: 0 }, 'sourceTooLong', String(maxSource));
    return { ok: false, problem, unreadable: null };
  }
  let rendered: Rendered;
  try {
    const values = typeof data === 'function' ? data() : pythonData(data);
    rendered = renderText(parseTemplate(source), values, { trace: true });
  } catch (error) {
    return { ok: false, problem: templateProblem(source, error), unreadable: null };
  }
  const { text, segments } = rendered;
  const trace = templateTrace(source, text, segments);
  try {
    return { ok: true, json: parseJson(text), text, trace };
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    const problem = problemAt(source, { start: 0, end: 0 }, 'notJson', message);
    return { ok: false, problem, unreadable: { text, trace } };
  }
}

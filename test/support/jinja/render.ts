import { BudgetError, TemplateError, UnsupportedError } from '../../../src/widgets/common/jinja/core/errors.ts';
import { parseTemplate, renderTemplate } from '../../../src/widgets/common/jinja/template.ts';
import { PyDict } from '../../../src/widgets/common/jinja/values/dictionary.ts';
import { parseJson } from '../../../src/widgets/common/jinja/values/json.ts';
import type { TemplateCase, TemplateResult } from './python.ts';

/** The data of a case as Python values. */
export function dataOf(json: string): PyDict {
  const data = parseJson(json);
  if (!(data instanceof PyDict)) throw new TypeError('The data are not an object.');
  return data;
}

/** Renders a case with our engine; errors that are not the template's are thrown. */
export function render({ template, data }: TemplateCase): TemplateResult {
  try {
    return { text: renderTemplate(parseTemplate(template), dataOf(data)).text };
  } catch (error) {
    if (error instanceof TemplateError) return { error: error.kind, message: error.message };
    if (error instanceof BudgetError || error instanceof UnsupportedError) {
      return { error: error.name, message: error.message };
    }
    throw error;
  }
}

/** Whether two results are the same text or the same kind of error. */
export function sameResult(a: TemplateResult, b: TemplateResult): boolean {
  return 'text' in a ? 'text' in b && a.text === b.text : 'error' in b && a.error === b.error;
}

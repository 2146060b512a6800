import { reprFloat } from '../jinja/values/repr.ts';
import type { JsonObject } from '../../../base/common/json.ts';
import { isShallow } from '../../../base/common/parseJson.ts';
import { PyDict } from '../jinja/values/dictionary.ts';
import { fromJson, parseJson } from '../jinja/values/json.ts';
import { PyList, type Value, isText, textOf } from '../jinja/values/model.ts';

/**
 * The Python values of JSON whose text is not known: whole numbers are integers.
 * @throws {BudgetError} @throws {TemplateError} RecursionError
 */
export function pythonData(data: JsonObject): PyDict {
  const value = fromJson(data);
  return value instanceof PyDict ? value : new PyDict();
}

/**
 * The Python values of JSON text: `3` and `3.0` differ. @param data what the text means, which is used where it was cut
 * @param member the member of the text's object that is wanted; all of it by default
 * @throws {BudgetError} @throws {TemplateError} RecursionError
 */
export function pythonDataOfText(text: string, data: JsonObject, member?: string): PyDict {
  // Text that is nested too deeply was cut.
  if (!isShallow(JSON.parse(text) as JsonObject)) return pythonData(data);
  const all = parseJson(text);
  const value = member === undefined ? all : all instanceof PyDict ? all.get(member) : undefined;
  return value instanceof PyDict ? value : pythonData(data);
}

/** JSON text of data, in which integers and floats still differ. @param indent spaces of one level; 0 for one line */
export function printData(value: Value, indent: number, newline = '\n'): string {
  if (value instanceof PyDict) {
    const entries = Array.from(value.entries(), ([key, item]) => [isText(key) ? textOf(key) : '', item] as const);
    const colon = indent === 0 ? ':' : ': ';
    const inner = newline + ' '.repeat(indent);
    return enclosed(
      '{}',
      entries.map(([key, item]) => JSON.stringify(key) + colon + printData(item, indent, inner)),
      indent,
      newline,
    );
  }
  if (value instanceof PyList) {
    const inner = newline + ' '.repeat(indent);
    return enclosed(
      '[]',
      value.items.map((item) => printData(item, indent, inner)),
      indent,
      newline,
    );
  }
  if (typeof value === 'bigint') return value.toString();
  // JSON has no other text for an infinite number.
  if (typeof value === 'number') return Number.isFinite(value) ? reprFloat(value) : value < 0 ? '-1e999' : '1e999';
  return isText(value) ? JSON.stringify(textOf(value)) : JSON.stringify(value);
}

function enclosed(brackets: '{}' | '[]', parts: readonly string[], indent: number, newline: string): string {
  const [open = '', close = ''] = brackets;
  if (parts.length === 0 || indent === 0) return open + parts.join(',') + close;
  const inner = newline + ' '.repeat(indent);
  return open + inner + parts.join(`,${inner}`) + newline + close;
}

import type { Json } from '../../../base/common/json.ts';
import { isJsonObject } from '../../../base/common/json.ts';

const escapes: Readonly<Record<string, string>> = {
  '"': '\\"',
  '\\': '\\\\',
  '\n': '\\n',
  '\r': '\\r',
  '\t': '\\t',
  '\f': '\\f',
  '\b': '\\b',
};

/** Characters that `tojson` also escapes, so that its output may stand in HTML. */
const htmlUnsafe = /[<>&']/;

/**
 * A value as Jinja's `tojson` writes it in Python: keys sorted, `", "` and `": "` between, everything beyond ASCII and what
 * HTML minds escaped. `indent` in blanks, as the filter's argument.
 */
export function pythonJson(value: Json, indent: number | null = null): string {
  return write(value, indent, 0);
}

function write(value: Json, indent: number | null, level: number): string {
  if (value === null) return 'null';
  if (typeof value === 'boolean') return String(value);
  if (typeof value === 'number') return pythonNumber(value);
  if (typeof value === 'string') return quote(value);
  const isObject = isJsonObject(value);
  const entries = isObject
    ? Object.keys(value)
        .sort(byCodePoint)
        .map((key) => `${quote(key)}: ${write(value[key] ?? null, indent, level + 1)}`)
    : (value as readonly Json[]).map((entry) => write(entry, indent, level + 1));
  const [open, close] = isObject ? ['{', '}'] : ['[', ']'];
  if (entries.length === 0) return open + close;
  if (indent === null) return open + entries.join(', ') + close;
  const outer = `\n${' '.repeat(indent * level)}`;
  const inner = `\n${' '.repeat(indent * (level + 1))}`;
  return open + inner + entries.join(`,${inner}`) + outer + close;
}

function quote(text: string): string {
  const inside = text.replace(/["\\]|[^ -~]|[<>&']/g, (character) =>
    htmlUnsafe.test(character) ? unicodeEscape(character) : (escapes[character] ?? unicodeEscape(character)),
  );
  return `"${inside}"`;
}

function unicodeEscape(character: string): string {
  return `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
}

/** A number as Python writes it. Whole numbers stay whole: JSON does not tell 2 from 2.0 here. */
export function pythonNumber(value: number): string {
  if (Number.isNaN(value)) return 'NaN';
  if (!Number.isFinite(value)) return value > 0 ? 'Infinity' : '-Infinity';
  const text = String(value);
  // Python switches to exponents at 1e16 and below 1e-4 and gives them two digits.
  if (Number.isInteger(value) && Math.abs(value) < 1e21) return text;
  const magnitude = Math.abs(value);
  const shown = magnitude < 1e-4 || magnitude >= 1e16 ? value.toExponential() : text;
  return shown.replace(/e([+-])(\d)$/, 'e$10$2');
}

/** A value as Python's `str` writes it: what `{{ value }}` prints. */
export function pythonText(value: Json): string {
  return typeof value === 'string' ? value : pythonRepr(value);
}

function pythonRepr(value: Json): string {
  if (value === null) return 'None';
  if (typeof value === 'boolean') return value ? 'True' : 'False';
  if (typeof value === 'number') return pythonNumber(value);
  if (typeof value === 'string') return reprString(value);
  if (!isJsonObject(value)) return `[${(value as readonly Json[]).map(pythonRepr).join(', ')}]`;
  return `{${Object.entries(value)
    .map(([key, entry]) => `${reprString(key)}: ${pythonRepr(entry)}`)
    .join(', ')}}`;
}

function reprString(text: string): string {
  const mark = text.includes("'") && !text.includes('"') ? '"' : "'";
  const inside = text
    .replaceAll('\\', '\\\\')
    .replaceAll('\n', '\\n')
    .replaceAll('\r', '\\r')
    .replaceAll('\t', '\\t')
    .replaceAll(mark, `\\${mark}`);
  return mark + inside + mark;
}

/** Python sorts texts by code point, JavaScript by UTF-16 unit. */
function byCodePoint(a: string, b: string): number {
  const left = [...a];
  const right = [...b];
  for (let index = 0; index < Math.min(left.length, right.length); index += 1) {
    const difference = (left[index]?.codePointAt(0) ?? 0) - (right[index]?.codePointAt(0) ?? 0);
    if (difference !== 0) return difference;
  }
  return left.length - right.length;
}

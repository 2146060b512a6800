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

/** Characters that `tojson` escapes too, so that its output is safe in HTML. */
const htmlUnsafe = /[<>&']/;

/**
 * Returns a value as written by Jinja's `tojson` in Python: sorted keys, the separators `", "` and `": "`, non-ASCII and HTML
 * characters escaped. `indent`: number of spaces per level.
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

/** Returns a number as written by Python. Integral numbers have no fraction: JavaScript does not distinguish 2 and 2.0. */
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

/** Returns a value as written by Python's `str`, which `{{ value }}` prints. */
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

/** Python sorts strings by code point, JavaScript by UTF-16 code unit. */
function byCodePoint(a: string, b: string): number {
  const left = [...a];
  const right = [...b];
  for (let index = 0; index < Math.min(left.length, right.length); index += 1) {
    const difference = (left[index]?.codePointAt(0) ?? 0) - (right[index]?.codePointAt(0) ?? 0);
    if (difference !== 0) return difference;
  }
  return left.length - right.length;
}

import type { Json } from '../../../base/common/json.ts';
import { isJsonObject } from '../../../base/common/json.ts';
import { TemplateFault } from './problems.ts';
import { pythonJson, pythonText } from './pythonText.ts';
import { selectByAttribute } from './selectByAttribute.ts';

/** A filter from JSON to JSON. `named` are the keyword arguments. */
export type Filter = (value: Json, args: readonly Json[], named: Readonly<Record<string, Json>>) => Json;

/** Filters that the package lacks or that differ from Python there. All others are those of the package. */
export const filters: Readonly<Record<string, Filter>> = {
  tojson: (value, args, named) => pythonJson(value, optionalWhole(args[0] ?? named['indent'] ?? null)),
  string: (value) => pythonText(value),
  count: (value) => lengthOf(value),
  length: (value) => lengthOf(value),
  join: (value, args, named) =>
    listOf(value)
      .map(pythonText)
      .join(pythonText(args[0] ?? named['d'] ?? '')),
  list: (value) => listOf(value),
  first: (value) => listOf(value)[0] ?? fail('There is no first entry.'),
  last: (value) => listOf(value).at(-1) ?? fail('There is no last entry.'),
  sum: (value) => listOf(value).reduce<number>((total, entry) => total + numberOf(entry), 0),
  min: (value) => extreme(value, -1),
  max: (value) => extreme(value, 1),
  selectattr: (value, args) => selectByAttribute(listOf(value), args, true),
  rejectattr: (value, args) => selectByAttribute(listOf(value), args, false),
  round: (value, args, named) => {
    const factor = 10 ** numberOf(args[0] ?? named['precision'] ?? 0);
    const scaled = numberOf(value) * factor;
    const method = args[1] ?? named['method'] ?? 'common';
    if (method === 'ceil') return Math.ceil(scaled) / factor;
    return (method === 'floor' ? Math.floor(scaled) : Math.round(scaled)) / factor;
  },
  format: (value, args) => formatText(pythonText(value), args),
  escape: (value) => escapeHtml(pythonText(value)),
  e: (value) => escapeHtml(pythonText(value)),
  trim: (value) => pythonText(value).trim(),
  upper: (value) => pythonText(value).toUpperCase(),
  lower: (value) => pythonText(value).toLowerCase(),
  truncate: (value, args, named) => {
    const text = pythonText(value);
    const maxLength = numberOf(args[0] ?? named['length'] ?? 255);
    const end = pythonText(args[2] ?? named['end'] ?? '...');
    // Python does not truncate a text that is only slightly too long.
    if (text.length <= maxLength + 5) return text;
    const cut = text.slice(0, Math.max(0, maxLength - end.length));
    return ((args[1] ?? named['killwords']) === true ? cut : cut.replace(/\s\S*$/, '')) + end;
  },
};

function fail(message: string): never {
  throw new TemplateFault('runtime', message);
}

function numberOf(value: Json): number {
  if (typeof value === 'number') return value;
  if (typeof value === 'boolean') return Number(value);
  return fail(`Expected a number, got ${pythonText(value).slice(0, 40)}.`);
}

function optionalWhole(value: Json): number | null {
  if (value === null) return null;
  const whole = numberOf(value);
  return Number.isInteger(whole) && whole >= 0 && whole <= 16 ? whole : fail('indent must be between 0 and 16.');
}

function listOf(value: Json): readonly Json[] {
  if (Array.isArray(value)) return value as readonly Json[];
  if (typeof value === 'string') return [...value];
  if (isJsonObject(value)) return Object.keys(value);
  return fail(`${pythonText(value)} is not a list.`);
}

function lengthOf(value: Json): number {
  return listOf(value).length;
}

function extreme(value: Json, sign: 1 | -1): Json {
  const [first, ...rest] = listOf(value);
  if (first === undefined) return fail('The list is empty.');
  return rest.reduce<Json>((best, entry) => (sign * numberOf(entry) > sign * numberOf(best) ? entry : best), first);
}

/** `"%s of %d"|format(a, b)`: the common printf placeholders. */
function formatText(text: string, args: readonly Json[]): string {
  let next = 0;
  return text.replace(/%(?:%|(0)?(\d{1,2})?(?:\.(\d{1,2}))?([sdif]))/g, (placeholder, zero, width, precision, kind) => {
    if (placeholder === '%%') return '%';
    const value = args[next] ?? fail('There are fewer values than placeholders.');
    next += 1;
    const shown =
      kind === 's'
        ? pythonText(value)
        : kind === 'f'
          ? numberOf(value).toFixed(precision === undefined ? 6 : Number(precision))
          : String(Math.trunc(numberOf(value)));
    return shown.padStart(Number(width ?? 0), zero === undefined ? ' ' : '0');
  });
}

function escapeHtml(text: string): string {
  const entities: Readonly<Record<string, string>> = {
    '&': '&amp;',
    '<': '&lt;',
    '>': '&gt;',
    '"': '&#34;',
    "'": '&#39;',
  };
  return text.replace(/[&<>"']/g, (character) => entities[character] ?? character);
}

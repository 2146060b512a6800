import { spend } from '../core/budget.ts';
import { isKind } from '../core/errors.ts';
import { textLength } from '../text/unicode.ts';
import { ordered, pythonSort } from '../values/compare.ts';
import { PyDict } from '../values/dictionary.ts';
import { PyList, PyObject, PyTuple, type Value, typeName } from '../values/model.ts';
import { repr, reprText } from '../values/repr.ts';
import { splitLines } from '../runtime/split.ts';

const width = 80;

/** `pprint.pformat(value)`: several lines where one is too long, with the keys of dictionaries sorted. */
export function prettyRepr(value: Value): string {
  return new Printer().format(value, 0, 0, 0);
}

/** What `pprint` sorts by: values without an order are sorted by their types. */
function before(a: Value, b: Value): boolean {
  try {
    return ordered(a, b, '<');
  } catch (error) {
    if (!isKind(error, 'TypeError')) throw error;
    return typeText(a) < typeText(b);
  }
}

function typeText(value: Value): string {
  return `<class '${typeName(value)}'>`;
}

class Printer {
  readonly #open = new Set<PyObject>();

  /** @param indent columns before the value @param allowance columns that follow it */
  format(value: Value, indent: number, allowance: number, level: number): string {
    spend(1);
    if (value instanceof PyObject && this.#open.has(value)) return `<Recursion on ${value.typeName} with id=0>`;
    const short = this.#sortedRepr(value);
    if (textLength(short) <= width - indent - allowance) return short;
    return this.#long(value, indent, allowance, level + 1) ?? short;
  }

  #long(value: Value, indent: number, allowance: number, level: number): string | undefined {
    if (typeof value === 'string') return formatText(value, indent, allowance, level);
    if (!(value instanceof PyList || value instanceof PyTuple || value instanceof PyDict)) return undefined;
    if (value instanceof PyTuple && value.fields !== undefined) return undefined;
    this.#open.add(value);
    const text =
      value instanceof PyDict
        ? this.#dict(value, indent, allowance + 1, level)
        : this.#sequence(value, indent, allowance + 1, level);
    this.#open.delete(value);
    return text;
  }

  #dict(dict: PyDict, indent: number, allowance: number, level: number): string {
    const entries = pythonSort(Array.from(dict.entries()), ([a], [b]) => before(a, b));
    const lines = entries.map(([key, value], index) => {
      const shown = this.#sortedRepr(key);
      const last = index === entries.length - 1;
      const column = indent + 1 + textLength(shown) + 2;
      return `${shown}: ${this.format(value, column, last ? allowance : 1, level)}`;
    });
    return `{${lines.join(`,\n${' '.repeat(indent + 1)}`)}}`;
  }

  #sequence(value: PyList | PyTuple, indent: number, allowance: number, level: number): string {
    const [open, close] = value instanceof PyList ? ['[', ']'] : ['(', value.items.length === 1 ? ',)' : ')'];
    const end = value instanceof PyTuple && value.items.length === 1 ? allowance + 1 : allowance;
    const lines = value.items.map((item, index) =>
      this.format(item, indent + 1, index === value.items.length - 1 ? end : 1, level),
    );
    return open + lines.join(`,\n${' '.repeat(indent + 1)}`) + close;
  }

  /** `repr()` with the keys of dictionaries sorted. */
  #sortedRepr(value: Value): string {
    if (value instanceof PyDict) {
      if (this.#open.has(value)) return '<Recursion on dict with id=0>';
      this.#open.add(value);
      const entries = pythonSort(Array.from(value.entries()), ([a], [b]) => before(a, b));
      const text = entries.map(([key, item]) => `${this.#sortedRepr(key)}: ${this.#sortedRepr(item)}`).join(', ');
      this.#open.delete(value);
      return `{${text}}`;
    }
    if (!(value instanceof PyList || (value instanceof PyTuple && value.fields === undefined))) return repr(value);
    if (this.#open.has(value)) return `<Recursion on ${value.typeName} with id=0>`;
    this.#open.add(value);
    const items = value.items.map((item) => this.#sortedRepr(item)).join(', ');
    this.#open.delete(value);
    if (value instanceof PyList) return `[${items}]`;
    return value.items.length === 1 ? `(${items},)` : `(${items})`;
  }
}

/** A long text becomes several literals that Python joins. */
function formatText(text: string, column: number, endColumns: number, level: number): string {
  if (text === '') return "''";
  const [indent, allowance] = level === 1 ? [column + 1, endColumns + 1] : [column, endColumns];
  const lines = splitLines(text, true);
  const chunks: string[] = [];
  const maxWidth = width - indent;
  for (const [index, line] of lines.entries()) {
    const isLast = index === lines.length - 1;
    const limit = isLast ? maxWidth - allowance : maxWidth;
    const whole = reprText(line);
    if (textLength(whole) <= limit) chunks.push(whole);
    else chunks.push(...wrapped(line, maxWidth, isLast ? allowance : 0));
  }
  const [only = ''] = chunks;
  if (chunks.length === 1) return only;
  const joined = chunks.join(`\n${' '.repeat(indent)}`);
  return level === 1 ? `(${joined})` : joined;
}

function wrapped(line: string, maxWidth: number, allowance: number): string[] {
  const parts = Array.from(line.matchAll(/\S*\s*/g), ([part]) => part).filter((part) => part !== '');
  const chunks: string[] = [];
  let current = '';
  for (const [index, part] of parts.entries()) {
    const candidate = current + part;
    const limit = index === parts.length - 1 ? maxWidth - allowance : maxWidth;
    if (textLength(reprText(candidate)) > limit) {
      if (current !== '') chunks.push(reprText(current));
      current = part;
    } else {
      current = candidate;
    }
  }
  if (current !== '') chunks.push(reprText(current));
  return chunks;
}

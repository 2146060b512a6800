import { spend } from '../core/budget.ts';
import { TemplateError, valueError } from '../core/errors.ts';
import type { Value } from '../values/model.ts';
import { asciiRepr, repr, str } from '../values/repr.ts';
import { concatenate, digitValue } from '../text/unicode.ts';

/** How `str.format` reaches its arguments; the look-ups are Python's own, not the template's. */
interface FormatArguments {
  readonly args: readonly Value[];
  /** @throws {TemplateError} KeyError */
  readonly named: (name: string) => Value;
  readonly attribute: (value: Value, name: string) => Value;
  readonly item: (value: Value, key: Value) => Value;
  readonly format: (value: Value, spec: string) => string;
  /** `format_map` has no positional arguments. */
  readonly onlyNamed: boolean;
}

interface Numbering {
  next: number;
  mode: 'none' | 'automatic' | 'manual';
}

/** `text.format(…)`. @throws {TemplateError} as Python does */
export function formatText(text: string, from: FormatArguments): string {
  return render(text, from, { next: 0, mode: 'none' }, 2);
}

function render(text: string, from: FormatArguments, numbering: Numbering, depth: number): string {
  if (depth === 0) throw valueError('Max string recursion exceeded');
  spend(text.length >> 3);
  const parts: string[] = [];
  let offset = 0;
  while (offset < text.length) {
    const brace = text.slice(offset).search(/[{}]/);
    if (brace === -1) break;
    parts.push(text.slice(offset, offset + brace));
    offset += brace;
    const character = text.charAt(offset);
    if (text.charAt(offset + 1) === character) {
      parts.push(character);
      offset += 2;
      continue;
    }
    if (character === '}') throw valueError("Single '}' encountered in format string");
    const end = fieldEnd(text, offset + 1);
    parts.push(field(text.slice(offset + 1, end), from, numbering, depth));
    offset = end + 1;
  }
  parts.push(text.slice(offset));
  return concatenate(parts);
}

/** The offset of the brace that closes a field. Braces between brackets of the field's name do not count. */
function fieldEnd(text: string, start: number): number {
  if (start >= text.length) throw valueError("Single '{' encountered in format string");
  let open = 1;
  let bracket = false;
  for (let offset = start; offset < text.length; offset += 1) {
    const character = text.charAt(offset);
    if (character === '[' && open === 1) bracket = true;
    else if (character === ']') bracket = false;
    else if (bracket) continue;
    else if (character === '{') open += 1;
    else if (character === '}' && --open === 0) return offset;
  }
  throw valueError("expected '}' before end of string");
}

function field(source: string, from: FormatArguments, numbering: Numbering, depth: number): string {
  const split = nameEnd(source);
  const name = source.slice(0, split);
  const rest = source.slice(split);
  if (name.includes('{')) throw valueError("unexpected '{' in field name");
  const conversion = rest.startsWith('!') ? rest.charAt(1) : '';
  if (rest.startsWith('!')) checkConversion(rest);
  const colon = conversion === '' ? 0 : 2;
  const spec = rest.charAt(colon) === ':' ? rest.slice(colon + 1) : '';
  const value = lookUp(name, from, numbering);
  const shown = convert(value, conversion);
  return from.format(shown, /[{}]/.test(spec) ? render(spec, from, numbering, depth - 1) : spec);
}

function nameEnd(source: string): number {
  let bracket = false;
  for (let offset = 0; offset < source.length; offset += 1) {
    const character = source.charAt(offset);
    if (character === '[') bracket = true;
    else if (character === ']') bracket = false;
    else if (!bracket && (character === '!' || character === ':')) return offset;
  }
  return source.length;
}

function checkConversion(rest: string): void {
  if (rest.length < 2) throw valueError('end of string while looking for conversion specifier');
  if (rest.length > 2 && rest.charAt(2) !== ':') throw valueError("expected ':' after conversion specifier");
}

function convert(value: Value, conversion: string): Value {
  switch (conversion) {
    case '':
      return value;
    case 'r':
      return repr(value);
    case 's':
      return str(value);
    case 'a':
      return asciiRepr(value);
    default:
      throw valueError(
        `Unknown conversion specifier ${conversion > ' ' && conversion < '\x7f' ? conversion : `\\x${conversion.charCodeAt(0).toString(16)}`}`,
      );
  }
}

function asIndex(text: string): number | undefined {
  const digits = Array.from(text, digitValue);
  if (text === '' || digits.some((digit) => digit === undefined)) return undefined;
  const index = Number(digits.join(''));
  if (index >= 2 ** 63) throw valueError('Too many decimal digits in format string');
  return index;
}

function lookUp(name: string, from: FormatArguments, numbering: Numbering): Value {
  const [, first = '', path = ''] = /^([^.[]*)(.*)$/su.exec(name) ?? [];
  let value = firstValue(first, from, numbering);
  let rest = path;
  while (rest !== '') {
    const match = /^(?:\.([^.[]*)|\[([^\]]*)\])/u.exec(rest);
    if (match === null) {
      throw valueError(
        rest.startsWith('[')
          ? "Missing ']' in format string"
          : "Only '.' or '[' may follow ']' in format field specifier",
      );
    }
    const [whole, attribute, key = ''] = match;
    if ((attribute ?? key) === '') throw valueError('Empty attribute in format string');
    const index = attribute === undefined ? asIndex(key) : undefined;
    value =
      attribute === undefined
        ? from.item(value, index === undefined ? key : BigInt(index))
        : from.attribute(value, attribute);
    rest = rest.slice(whole.length);
  }
  return value;
}

function firstValue(first: string, from: FormatArguments, numbering: Numbering): Value {
  const given = asIndex(first);
  if (given === undefined && first !== '') return from.named(first);
  const mode = first === '' ? 'automatic' : 'manual';
  if (numbering.mode !== 'none' && numbering.mode !== mode) {
    throw valueError(
      mode === 'automatic'
        ? 'cannot switch from manual field specification to automatic field numbering'
        : 'cannot switch from automatic field numbering to manual field specification',
    );
  }
  numbering.mode = mode;
  const index = given ?? numbering.next++;
  if (from.onlyNamed) throw valueError('Format string contains positional fields');
  const value = from.args[index];
  if (value === undefined) {
    throw new TemplateError('IndexError', `Replacement index ${index} out of range for positional args tuple`);
  }
  return value;
}

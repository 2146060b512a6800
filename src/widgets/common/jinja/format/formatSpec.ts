import { allowText, spend } from '../core/budget.ts';
import { TemplateError, typeError, valueError } from '../core/errors.ts';
import { PyComplex, Undefined, type Value, integerOf, isInteger, isText, textOf, typeName } from '../values/model.ts';
import {
  asciiRepr,
  exponentialText,
  fixedText,
  generalText,
  integerText,
  repr,
  reprFloat,
  str,
} from '../values/repr.ts';
import { concatenate, digitValue, pad, repeat, textLength, textSlice } from '../text/unicode.ts';
import { toFloat } from '../values/integers.ts';

interface Spec {
  readonly fill: string;
  readonly align: string;
  readonly sign: string;
  readonly noNegativeZero: boolean;
  readonly alternate: boolean;
  readonly width: number;
  readonly grouping: string;
  readonly precision: number | undefined;
  readonly type: string;
}

const syntax = /^(?:(.)?([<>=^]))?([-+ ])?(z)?(#)?(0)?(\d+)?([,_]{0,2})(?:\.(\d+)?)?(.*)$/su;

function parse(spec: string, value: Value): Spec {
  const match = syntax.exec(spec);
  const invalid = () => valueError('Invalid format specifier');
  if (match === null) throw invalid();
  const [, fill, align, sign, z, alternate, zero, width = '', grouping = '', precision, type = ''] = match;
  if (/,_|,,|_,|__/.test(grouping)) {
    throw valueError(
      grouping === ',,'
        ? "Cannot specify ',' with ','."
        : grouping === '__'
          ? "Cannot specify '_' with '_'."
          : "Cannot specify both ',' and '_'.",
    );
  }
  if (precision === undefined && spec.endsWith(`.${type}`)) throw valueError('Format specifier missing precision');
  if (textLength(type) > 1) throw invalid();
  if (type !== '' && /\d/.test(type)) throw invalid();
  const numeric = isInteger(value) || typeof value === 'number';
  for (const digits of [width, precision ?? '']) {
    if (digits.length > 18) throw valueError('Too many decimal digits in format string');
    allowText(Number(digits));
  }
  return {
    fill: fill ?? (zero === undefined ? ' ' : '0'),
    align: align ?? (zero !== undefined && numeric ? '=' : ''),
    sign: sign ?? '',
    noNegativeZero: z !== undefined,
    alternate: alternate !== undefined,
    width: Number(width),
    grouping,
    precision: precision === undefined ? undefined : Number(precision),
    type,
  };
}

function unknownCode(type: string, value: Value): TemplateError {
  return valueError(`Unknown format code '${type}' for object of type '${typeName(value)}'`);
}

/** `format(value, spec)` for built-in values. @throws {TemplateError} TypeError, ValueError, OverflowError, UndefinedError */
export function formatValue(value: Value, spec: string): string {
  if (typeof value === 'boolean') return spec === '' ? str(value) : formatInteger(value, spec);
  if (typeof value === 'bigint') return spec === '' ? integerText(value) : formatInteger(value, spec);
  if (typeof value === 'number') return formatFloat(value, parse(spec, value), value);
  if (isText(value)) return formatTextValue(value, spec);
  if (spec === '') return str(value);
  if (value instanceof PyComplex) throw unknownCode(spec.slice(-1), value);
  const name = value instanceof Undefined ? value.typeName : typeName(value);
  throw typeError(`unsupported format string passed to ${name}.__format__`);
}

function formatTextValue(value: Value & (string | object), spec: string): string {
  const text = isText(value) ? textOf(value) : '';
  if (spec === '') return text;
  const parsed = parse(spec, value);
  const { type, align, precision } = parsed;
  if (type !== '' && type !== 's') throw unknownCode(type, value);
  if (parsed.sign !== '') {
    throw valueError(
      parsed.sign === ' '
        ? 'Space not allowed in string format specifier'
        : 'Sign not allowed in string format specifier',
    );
  }
  if (parsed.noNegativeZero) throw valueError('Negative zero coercion (z) not allowed in string format specifier');
  if (parsed.alternate) throw valueError('Alternate form (#) not allowed in string format specifier');
  if (align === '=') throw valueError("'=' alignment not allowed in string format specifier");
  if (parsed.grouping !== '') throw valueError(`Cannot specify '${parsed.grouping}' with 's'.`);
  const cut = precision === undefined ? text : textSlice(text, 0, precision);
  return pad(cut, parsed.width, align === '>' || align === '^' ? align : '<', parsed.fill);
}

const bases: Readonly<Record<string, readonly [number, string]>> = {
  b: [2, '0b'],
  o: [8, '0o'],
  x: [16, '0x'],
  X: [16, '0X'],
};

function formatInteger(value: bigint | boolean, spec: string): string {
  const parsed = parse(spec, value);
  const { type, grouping } = parsed;
  if (/^[eEfFgG%]$/.test(type)) return formatFloat(toFloat(value), parsed, value);
  if (!/^[bcdoxXn]?$/u.test(type)) throw unknownCode(type, value);
  if (parsed.precision !== undefined) throw valueError('Precision not allowed in integer format specifier');
  if (parsed.noNegativeZero)
    throw valueError('Negative zero coercion (z) not allowed in format specifier with integer');
  const integer = integerOf(value);
  if (type === 'c') return formatCharacter(integer, parsed);
  const [base, prefix] = bases[type] ?? [10, ''];
  if (grouping === ',' && base !== 10) throw valueError(`Cannot specify ',' with '${type}'.`);
  if (grouping !== '' && type === 'n') throw valueError(`Cannot specify '${grouping}' with 'n'.`);
  const size = integer < 0n ? -integer : integer;
  const digits = base === 10 ? integerText(size) : size.toString(base);
  return layout(parsed, {
    negative: integer < 0n,
    prefix: parsed.alternate ? prefix : '',
    digits: type === 'X' ? digits.toUpperCase() : digits,
    rest: '',
    group: base === 10 ? 3 : 4,
  });
}

function formatCharacter(value: bigint, parsed: Spec): string {
  if (parsed.sign !== '') throw valueError("Sign not allowed with integer format specifier 'c'");
  if (parsed.alternate) throw valueError("Alternate form (#) not allowed with integer format specifier 'c'");
  if (parsed.grouping !== '') throw valueError(`Cannot specify '${parsed.grouping}' with 'c'.`);
  if (value < 0n || value > 0x10ffffn) throw overflowCharacter();
  const { align, fill, width } = parsed;
  return pad(
    String.fromCodePoint(Number(value)),
    width,
    align === '^' ? '^' : align === '<' || align === '' ? '<' : '>',
    fill,
  );
}

function overflowCharacter(): TemplateError {
  return Object.assign(valueError('%c arg not in range(0x110000)'), { kind: 'OverflowError' as const });
}

function formatFloat(value: number, parsed: Spec, original: Value): string {
  const { type, grouping } = parsed;
  if (!/^[eEfFgGn%]?$/u.test(type)) throw unknownCode(type, original);
  if (grouping !== '' && type === 'n') throw valueError(`Cannot specify '${grouping}' with 'n'.`);
  let text = unsignedText(type === '%' ? value * 100 : value, parsed);
  if (/^[EFG]$/.test(type)) text = text.toUpperCase();
  const negative = value < 0 || Object.is(value, -0);
  const zero = parsed.noNegativeZero && /^[0.]*(e.*)?$/i.test(text);
  const [, digits = '', rest = ''] = /^(\d*)(.*)$/su.exec(text) ?? [];
  return layout(parsed, {
    negative: negative && !zero,
    prefix: '',
    digits,
    rest: type === '%' ? `${rest}%` : rest,
    group: 3,
  });
}

function unsignedText(value: number, { type, precision, alternate }: Spec): string {
  const size = Math.abs(value);
  if (!Number.isFinite(size)) return reprFloat(size);
  switch (type.toLowerCase()) {
    case 'e':
      return withPoint(exponentialText(size, precision ?? 6), alternate);
    case 'f':
    case '%':
      return withPoint(fixedText(size, precision ?? 6), alternate);
    case 'g':
    case 'n':
      return generalText(size, precision ?? 6, alternate);
    default:
      return precision === undefined ? reprFloat(size) : generalText(size, precision, alternate, true);
  }
}

/** The alternate form always has a point. */
export function withPoint(text: string, alternate: boolean): string {
  return !alternate || text.includes('.') ? text : text.replace(/^(\d+)/, '$1.');
}

interface NumberParts {
  readonly negative: boolean;
  readonly prefix: string;
  /** Digits before the point; may be empty for names such as `inf`. */
  readonly digits: string;
  readonly rest: string;
  readonly group: number;
}

function layout({ sign, align, fill, width, grouping }: Spec, number: NumberParts): string {
  const lead = (number.negative ? '-' : sign === '-' ? '' : sign) + number.prefix;
  const zeroFilled = align === '=' && fill === '0';
  const room = width - lead.length - number.rest.length;
  const digits = grouped(number.digits, grouping, number.group, zeroFilled && grouping !== '' ? room : 0);
  const body = digits + number.rest;
  if (align === '=') return lead + pad(body, width - lead.length, '>', fill);
  return pad(lead + body, width, align === '<' || align === '^' ? align : '>', fill);
}

/** Puts separators between groups. @param width zeros are added in front until the grouped text has this length */
function grouped(digits: string, separator: string, size: number, width: number): string {
  if (separator === '' || digits === '') return digits;
  const groups: string[] = [];
  let rest = digits;
  let length = 0;
  while (rest !== '' || length < width) {
    const room = width - length - (groups.length === 0 ? 0 : 1);
    const count = rest === '' ? Math.min(size, Math.max(1, room)) : Math.min(size, Math.max(rest.length, room, 1));
    const group = rest.slice(-count).padStart(count, '0');
    rest = rest.slice(0, Math.max(0, rest.length - count));
    length += group.length + (groups.length === 0 ? 0 : 1);
    groups.unshift(group);
  }
  return groups.join(separator);
}

/** Zeros in front, for `%05d`. */
export function zeros(count: number): string {
  return repeat('0', Math.max(0, count));
}

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

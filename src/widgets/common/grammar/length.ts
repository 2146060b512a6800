import type { CssReader } from './cssTokens.ts';

/** The supported units of length: absolute, relative to the font and to the viewport; not to containers. */
const lengthUnits = new Set(
  'px em rem ch ex lh rlh cm mm q in pt pc vw vh vmin vmax svw svh lvw lvh dvw dvh'.split(' '),
);

/** Maximum number in a length: larger values could only break the page around the widget. */
export const maxLengthNumber = 10_000;

const mathFunctions = new Set(['calc', 'min', 'max', 'clamp']);
const maxNesting = 8;

/** Reads a length, a percentage or a calculation of both; undefined if the next tokens are none. */
export function readLength(reader: CssReader): string | undefined {
  return readSimpleLength(reader) ?? reader.attempt(() => readMath(reader, 0));
}

function readSimpleLength(reader: CssReader): string | undefined {
  return reader.attempt(() => {
    const token = reader.take('number');
    if (!token || Math.abs(token.value) > maxLengthNumber) return undefined;
    if (token.unit === '%' || lengthUnits.has(token.unit)) return `${token.value}${token.unit}`;
    return token.unit === '' && token.value === 0 ? '0' : undefined;
  });
}

function readMath(reader: CssReader, depth: number): string | undefined {
  const call = reader.take('function');
  if (!call || !mathFunctions.has(call.text) || depth > maxNesting) return undefined;
  const parts: string[] = [];
  do {
    const sum = readSum(reader, depth + 1);
    if (sum === undefined) return undefined;
    parts.push(sum);
  } while (reader.take('mark', ','));
  if (!reader.take('mark', ')')) return undefined;
  const argumentCount = { calc: 1, clamp: 3 }[call.text];
  return argumentCount === undefined || argumentCount === parts.length
    ? `${call.text}(${parts.join(', ')})`
    : undefined;
}

function readSum(reader: CssReader, depth: number): string | undefined {
  let css = readProduct(reader, depth);
  while (css !== undefined) {
    const sign = reader.take('mark', '+') ?? reader.take('mark', '-');
    if (!sign) return css;
    const right = readProduct(reader, depth);
    if (right === undefined) return undefined;
    css = `${css} ${sign.text} ${right}`;
  }
  return undefined;
}

function readProduct(reader: CssReader, depth: number): string | undefined {
  let css = readOperand(reader, depth);
  while (css !== undefined) {
    const sign = reader.take('mark', '*') ?? reader.take('mark', '/');
    if (!sign) return css;
    const right = readOperand(reader, depth);
    if (right === undefined) return undefined;
    css = `${css} ${sign.text} ${right}`;
  }
  return undefined;
}

function readOperand(reader: CssReader, depth: number): string | undefined {
  if (depth > maxNesting) return undefined;
  const simple = readSimpleLength(reader);
  if (simple !== undefined) return simple;
  const number = reader.attempt(() => {
    const token = reader.take('number');
    return token && token.unit === '' && Math.abs(token.value) <= maxLengthNumber ? String(token.value) : undefined;
  });
  if (number !== undefined) return number;
  if (reader.take('mark', '(')) {
    const inner = readSum(reader, depth + 1);
    return inner !== undefined && reader.take('mark', ')') ? `(${inner})` : undefined;
  }
  return readMath(reader, depth + 1);
}

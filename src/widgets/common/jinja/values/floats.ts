import { allowText } from '../core/budget.ts';

/** `repr()` of a float: the shortest text that reads back as the same number. */
export function reprFloat(value: number): string {
  if (Number.isNaN(value)) return 'nan';
  if (value === Infinity) return 'inf';
  if (value === -Infinity) return '-inf';
  const size = Math.abs(value);
  if (size === 0) return Object.is(value, -0) ? '-0.0' : '0.0';
  // JavaScript writes numbers of this range without an exponent.
  if (size >= 1e-4 && size < 1e16) return Number.isInteger(value) ? `${value}.0` : String(value);
  const [digits = '', exponent = ''] = value.toExponential().split('e');
  return `${digits}e${exponentText(Number(exponent))}`;
}

/** An exponent with its sign and at least two digits. */
function exponentText(exponent: number): string {
  return `${exponent < 0 ? '-' : '+'}${String(Math.abs(exponent)).padStart(2, '0')}`;
}

const bits = new DataView(new ArrayBuffer(8));

/** A finite float that is not negative as `mantissa * 2 ** exponent`, exactly. */
export function decompose(value: number): { mantissa: bigint; exponent: number } {
  bits.setFloat64(0, value);
  const whole = bits.getBigUint64(0);
  const fraction = whole & 0xfffffffffffffn;
  const biased = Number((whole >> 52n) & 0x7ffn);
  return biased === 0
    ? { mantissa: fraction, exponent: -1074 }
    : { mantissa: fraction | 0x10000000000000n, exponent: biased - 1075 };
}

/** A quotient of positive integers, rounded to the nearest and halves to even. */
export function divideToEven(numerator: bigint, denominator: bigint): bigint {
  const quotient = numerator / denominator;
  const twice = (numerator - quotient * denominator) * 2n;
  if (twice < denominator || (twice === denominator && (quotient & 1n) === 0n)) return quotient;
  return quotient + 1n;
}

/** `value * 10 ** places` for a value that is not negative, correctly rounded. */
function scaled(value: number, places: number): bigint {
  const { mantissa, exponent } = decompose(value);
  let numerator = mantissa;
  let denominator = 1n;
  if (places >= 0) numerator *= 10n ** BigInt(places);
  else denominator *= 10n ** BigInt(-places);
  if (exponent >= 0) numerator <<= BigInt(exponent);
  else denominator <<= BigInt(-exponent);
  return divideToEven(numerator, denominator);
}

/** `%f` of a value that is not negative. */
export function fixedText(value: number, places: number): string {
  allowText(places + 310);
  const digits = scaled(value, places)
    .toString()
    .padStart(places + 1, '0');
  return places === 0 ? digits : `${digits.slice(0, -places)}.${digits.slice(-places)}`;
}

/** The digits of a value that is not negative, `count` of them, and the exponent of the first. */
function significantDigits(value: number, count: number): { digits: string; exponent: number } {
  allowText(count + 310);
  if (value === 0) return { digits: '0'.repeat(count), exponent: 0 };
  // Fewer digits could round up to the next power of ten.
  let exponent = Number(value.toExponential().split('e')[1]);
  for (;;) {
    const digits = scaled(value, count - 1 - exponent).toString();
    if (digits.length === count) return { digits, exponent };
    exponent += digits.length > count ? 1 : -1;
  }
}

/** `%e` of a value that is not negative. */
export function exponentialText(value: number, places: number): string {
  const { digits, exponent } = significantDigits(value, places + 1);
  return `${withPoint(digits)}e${exponentText(exponent)}`;
}

function withPoint(digits: string): string {
  return digits.length === 1 ? digits : `${digits.charAt(0)}.${digits.slice(1)}`;
}

/**
 * `%g` of a value that is not negative.
 * @param keepZeros the alternate form, which keeps trailing zeros
 * @param alwaysPoint as `format()` without a type: there is a digit after the point, and exponents start one earlier
 */
export function generalText(value: number, precision: number, keepZeros: boolean, alwaysPoint = false): string {
  const count = Math.max(1, precision);
  const { digits, exponent } = significantDigits(value, count);
  const shown = keepZeros ? digits : digits.replace(/0+$/, '') || '0';
  if (exponent < -4 || exponent >= count - (alwaysPoint ? 1 : 0)) {
    const mantissa = withPoint(shown);
    return `${keepZeros && shown.length === 1 ? `${mantissa}.` : mantissa}e${exponentText(exponent)}`;
  }
  if (exponent < 0) return `0.${'0'.repeat(-exponent - 1)}${shown}`;
  const whole = shown.slice(0, exponent + 1).padEnd(exponent + 1, '0');
  const fraction = shown.slice(exponent + 1);
  if (fraction !== '') return `${whole}.${fraction}`;
  return keepZeros ? `${whole}.` : alwaysPoint ? `${whole}.0` : whole;
}

import { readCss } from './cssTokens.ts';
import { maxLengthNumber, readLength } from './length.ts';

const words = new Set(['auto', 'min-content', 'max-content', 'fit-content']);
/** `none` is valid only for a maximum, `auto` for everything else; browsers ignore the invalid one. */
const maximumWords = new Set(['none', 'min-content', 'max-content', 'fit-content']);

/**
 * Returns the CSS of a `Dimension` (chatkit-api 6.2): a number is px, a string is a CSS length, percentage, calculation or
 * sizing keyword. Undefined if it is none of these, negative or above 10,000.
 */
export function dimensionCss(value: number | string, kind: 'size' | 'maximum' = 'size'): string | undefined {
  if (typeof value === 'number') {
    return Number.isFinite(value) && value >= 0 && value <= maxLengthNumber ? `${value}px` : undefined;
  }
  const word = value.trim().toLowerCase();
  if ((kind === 'maximum' ? maximumWords : words).has(word)) return word;
  const css = readCss(value, readLength);
  return css?.startsWith('-') ? undefined : css;
}

/** `aspectRatio`: a number above 0, `"16/9"` or `"auto"`. */
export function aspectRatioCss(value: number | string): string | undefined {
  if (typeof value === 'number') return isRatio(value) ? String(value) : undefined;
  if (value.trim().toLowerCase() === 'auto') return 'auto';
  return readCss(value, (reader) => {
    const width = reader.take('number');
    if (!width || width.unit !== '' || !isRatio(width.value)) return undefined;
    if (!reader.take('mark', '/')) return String(width.value);
    const height = reader.take('number');
    return height && height.unit === '' && isRatio(height.value) ? `${width.value} / ${height.value}` : undefined;
  });
}

/** Accepts ratios from 1:1000 to 1000:1. */
function isRatio(value: number): boolean {
  return Number.isFinite(value) && value >= 0.001 && value <= 1000;
}

/** `flex`: a number or the CSS shorthand (`1`, `"auto"`, `"1 1 0"`, `"0 0 120px"`). */
export function flexCss(value: number | string): string | undefined {
  if (typeof value === 'number') return isFactor(value) ? `${value}` : undefined;
  const word = value.trim().toLowerCase();
  if (word === 'auto' || word === 'none' || word === 'initial') return word;
  return readCss(value, (reader) => {
    const factors: number[] = [];
    while (factors.length < 2) {
      const factor = reader.attempt(() => {
        const token = reader.take('number');
        return token && token.unit === '' && isFactor(token.value) ? token : undefined;
      });
      if (!factor) break;
      factors.push(factor.value);
    }
    if (factors.length === 0) return undefined;
    const basis = readLength(reader) ?? reader.take('word', 'auto')?.text;
    return [...factors, ...(basis === undefined || basis.startsWith('-') ? [] : [basis])].join(' ');
  });
}

function isFactor(value: number): boolean {
  return Number.isFinite(value) && value >= 0 && value <= maxLengthNumber;
}

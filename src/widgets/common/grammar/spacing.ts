import { readCss } from './cssTokens.ts';
import { maxLengthNumber, readLength } from './length.ts';

/** One spacing unit in px (chatkit-api 6.2). */
const spacingUnit = 4;

/** The use of a spacing: a margin may be negative or `auto`, a gap or a padding may not. */
export type SpacingKind = 'gap' | 'padding' | 'margin';

export type SpacingValue = number | string;

interface SpacingBoxObject {
  readonly top?: SpacingValue | undefined;
  readonly right?: SpacingValue | undefined;
  readonly bottom?: SpacingValue | undefined;
  readonly left?: SpacingValue | undefined;
  readonly x?: SpacingValue | undefined;
  readonly y?: SpacingValue | undefined;
}

export type SpacingBoxValue = SpacingValue | SpacingBoxObject;

interface SpacingBoxCss {
  readonly top?: string;
  readonly right?: string;
  readonly bottom?: string;
  readonly left?: string;
}

/** Returns the CSS of a `Spacing`: numbers are units of 4 px, strings are CSS lengths. Undefined if invalid. */
export function spacingCss(value: SpacingValue, kind: SpacingKind = 'gap'): string | undefined {
  if (typeof value === 'number') {
    const px = value * spacingUnit;
    if (!Number.isFinite(px) || Math.abs(px) > maxLengthNumber || (px < 0 && kind !== 'margin')) return undefined;
    return `${px}px`;
  }
  if (kind === 'margin' && value.trim().toLowerCase() === 'auto') return 'auto';
  const css = readCss(value, readLength);
  return css?.startsWith('-') && kind !== 'margin' ? undefined : css;
}

/** Returns the CSS of a `SpacingBox` per side. A side takes precedence over `x` and `y`; invalid values are omitted. */
export function spacingBoxCss(value: SpacingBoxValue, kind: SpacingKind = 'padding'): SpacingBoxCss {
  if (typeof value !== 'object') {
    const css = spacingCss(value, kind);
    return css === undefined ? {} : { top: css, right: css, bottom: css, left: css };
  }
  const sides: { -readonly [K in keyof SpacingBoxCss]: SpacingBoxCss[K] } = {};
  for (const [side, axis] of sidesWithAxis) {
    const given = value[side] ?? value[axis];
    const css = given === undefined ? undefined : spacingCss(given, kind);
    if (css !== undefined) sides[side] = css;
  }
  return sides;
}

/** The four sides in CSS order, each with its axis. */
export const sidesWithAxis = [
  ['top', 'y'],
  ['right', 'x'],
  ['bottom', 'y'],
  ['left', 'x'],
] as const;

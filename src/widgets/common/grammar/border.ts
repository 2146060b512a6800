import { type ColourValue, colourCss } from './colour.ts';
import type { WidgetTheme } from './palette.ts';
import { sidesWithAxis } from './length.ts';

export const borderStyles = ['solid', 'dashed', 'dotted', 'double', 'groove', 'ridge', 'inset', 'outset'] as const;

interface BorderObject {
  /** px. */
  readonly size: number;
  readonly color?: ColourValue | undefined;
  readonly style?: (typeof borderStyles)[number] | undefined;
}

type BorderSide = number | BorderObject;

interface BordersObject {
  readonly top?: BorderSide | undefined;
  readonly right?: BorderSide | undefined;
  readonly bottom?: BorderSide | undefined;
  readonly left?: BorderSide | undefined;
  readonly x?: BorderSide | undefined;
  readonly y?: BorderSide | undefined;
}

export type BorderValue = BorderSide | BordersObject;

/** Maximum width of a border, in px. */
export const maxBorder = 100;

interface BorderCss {
  readonly width: string;
  readonly style: string;
  readonly colour: string;
}

/** Returns the CSS of a border per side (chatkit-api 6.2). An object with `size` is one border for all sides. */
export function bordersCss(
  value: BorderValue,
  theme: WidgetTheme,
): Partial<Record<'top' | 'right' | 'bottom' | 'left', BorderCss>> {
  if (typeof value === 'number' || 'size' in value) {
    const css = borderCss(value, theme);
    return css ? { top: css, right: css, bottom: css, left: css } : {};
  }
  const sides: Partial<Record<'top' | 'right' | 'bottom' | 'left', BorderCss>> = {};
  for (const [side, axis] of sidesWithAxis) {
    const given = value[side] ?? value[axis];
    const css = given === undefined ? undefined : borderCss(given, theme);
    if (css) sides[side] = css;
  }
  return sides;
}

function borderCss(value: BorderSide, theme: WidgetTheme): BorderCss | undefined {
  const border: BorderObject = typeof value === 'number' ? { size: value } : value;
  if (!(border.size >= 0 && border.size <= maxBorder)) return undefined;
  const fallback = colourCss('default', 'border', theme) ?? 'currentcolor';
  return {
    width: `${border.size}px`,
    style: border.style ?? 'solid',
    colour: (border.color === undefined ? undefined : colourCss(border.color, 'border', theme)) ?? fallback,
  };
}

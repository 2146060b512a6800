import { readCssColour } from './cssColour.ts';
import { readCss } from './cssTokens.ts';
import { readGradients } from './gradient.ts';
import type { WidgetTheme } from './palette.ts';
import { primitiveColour } from './palette.ts';
import type { ColourContext } from './tokens.ts';
import { semanticColour } from './tokens.ts';

/** A `Color` of a widget (chatkit-api 6.2): one word for both themes or one for each. */
export type ColourValue = string | { readonly light: string; readonly dark: string };

/**
 * A colour as CSS that is safe to set: a semantic word of its context, else a primitive, else a CSS colour (for
 * backgrounds also gradients). Undefined when it is none of them.
 */
export function colourCss(value: ColourValue, context: ColourContext, theme: WidgetTheme): string | undefined {
  const text = (typeof value === 'string' ? value : value[theme]).trim();
  return semanticColour(text, context, theme) ?? primitiveColour(text, theme) ?? cssColour(text, context);
}

/** Whether a single word or CSS value is a colour in that context. */
export function isColour(text: string, context: ColourContext): boolean {
  return colourCss(text, context, 'light') !== undefined;
}

function cssColour(text: string, context: ColourContext): string | undefined {
  const colour = readCss(text, readCssColour);
  if (colour !== undefined || context !== 'background') return colour;
  return readCss(text, readGradients);
}

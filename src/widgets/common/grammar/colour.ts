import { readCssColour } from './cssColour.ts';
import { readCss } from './cssTokens.ts';
import { readGradients } from './gradient.ts';
import type { WidgetTheme } from './palette.ts';
import { primitiveColour } from './palette.ts';
import type { ColourContext } from './tokens.ts';
import { semanticColour } from './tokens.ts';

/** A `Color` of a widget (chatkit-api 6.2): one value for both themes or one per theme. */
export type ColourValue = string | { readonly light: string; readonly dark: string };

/**
 * Returns the CSS of a colour: a semantic name of its context, a primitive or a CSS colour (for backgrounds also gradients).
 * The result is safe to set. Undefined if it is none of them.
 */
export function colourCss(value: ColourValue, context: ColourContext, theme: WidgetTheme): string | undefined {
  const text = (typeof value === 'string' ? value : value[theme]).trim();
  return semanticColour(text, context, theme) ?? primitiveColour(text, theme) ?? cssColour(text, context);
}

/** Whether a name or CSS value is a colour in the context. */
export function isColour(text: string, context: ColourContext): boolean {
  return colourCss(text, context, 'light') !== undefined;
}

function cssColour(text: string, context: ColourContext): string | undefined {
  const colour = readCss(text, readCssColour);
  if (colour !== undefined || context !== 'background') return colour;
  return readCss(text, readGradients);
}

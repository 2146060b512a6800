import type { WidgetTheme } from './palette.ts';
import { primitiveColour } from './palette.ts';

/** The use of a colour. Each has its own semantic names (chatkit-api 6.4). */
export type ColourContext = 'text' | 'background' | 'border' | 'chart';

type Pair = string | readonly [light: string, dark: string];

/** The primitives of the semantic names (chatkit-api, appendix A). */
const semantic: Record<ColourContext, Readonly<Record<string, Pair>>> = {
  text: {
    prose: 'gray-1000',
    primary: 'gray-1000',
    emphasis: 'gray-1000',
    secondary: ['gray-500', 'gray-700'],
    tertiary: ['gray-400', 'gray-600'],
    success: ['green-700', 'green-400'],
    warning: ['orange-700', 'orange-500'],
    danger: ['red-700', 'red-500'],
  },
  background: {
    surface: ['gray-0', 'gray-200'],
    'surface-secondary': ['gray-50', 'gray-100'],
    'surface-tertiary': ['gray-75', 'gray-50'],
    'surface-elevated': ['gray-0', 'gray-300'],
    'surface-elevated-secondary': ['gray-50', 'gray-400'],
  },
  border: {
    default: ['alpha-10', 'alpha-12'],
    subtle: ['alpha-05', 'alpha-06'],
    strong: ['alpha-15', 'alpha-20'],
  },
  chart: {
    blue: 'blue-400',
    purple: 'purple-400',
    orange: 'orange-400',
    green: 'green-400',
    red: 'red-400',
    yellow: 'yellow-400',
    pink: 'pink-400',
  },
};

/** Returns the semantic names of a context in the order of the reference. Chart series are assigned colours in this order. */
export function semanticNames(context: ColourContext): readonly string[] {
  return Object.keys(semantic[context]);
}

/** Returns the CSS of a semantic name; undefined if the context does not have it. */
export function semanticColour(name: string, context: ColourContext, theme: WidgetTheme): string | undefined {
  const names = semantic[context];
  const pair = Object.hasOwn(names, name) ? names[name] : undefined;
  if (pair === undefined) return undefined;
  return primitiveColour(typeof pair === 'string' ? pair : pair[theme === 'dark' ? 1 : 0], theme);
}

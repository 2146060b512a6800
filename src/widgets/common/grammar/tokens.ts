import { type WidgetTheme, primitiveColour } from './palette.ts';

/** Size and line height in px. */
export interface TextMetrics {
  readonly size: number;
  readonly line: number;
}

/** `TextSize` (chatkit-api 6.2). */
export const textSizes = {
  xs: { size: 12, line: 18 },
  sm: { size: 14, line: 20 },
  md: { size: 16, line: 24 },
  lg: { size: 18, line: 29 },
  xl: { size: 20, line: 26 },
} as const satisfies Record<string, TextMetrics>;
type TextSize = keyof typeof textSizes;
export const textSizeNames = Object.keys(textSizes) as [TextSize, ...TextSize[]];

/** `TitleSize`; only the documentation has `xs`. */
export const titleSizes = {
  xs: { size: 16, line: 24 },
  sm: { size: 18, line: 26 },
  md: { size: 20, line: 26 },
  lg: { size: 24, line: 28 },
  xl: { size: 32, line: 38 },
  '2xl': { size: 36, line: 42 },
  '3xl': { size: 48, line: 48 },
  '4xl': { size: 60, line: 60 },
  '5xl': { size: 72, line: 72 },
} as const satisfies Record<string, TextMetrics>;
type TitleSize = keyof typeof titleSizes;
export const titleSizeNames = Object.keys(titleSizes) as [TitleSize, ...TitleSize[]];

/** `CaptionSize`; the px are not documented, these are our choice. */
export const captionSizes = {
  sm: { size: 10, line: 14 },
  md: { size: 12, line: 18 },
  lg: { size: 14, line: 20 },
} as const satisfies Record<string, TextMetrics>;
type CaptionSize = keyof typeof captionSizes;
export const captionSizeNames = Object.keys(captionSizes) as [CaptionSize, ...CaptionSize[]];

export const weightCss = { normal: 400, medium: 500, semibold: 600, bold: 700 } as const;
export type Weight = keyof typeof weightCss;
export const weightNames = Object.keys(weightCss) as [Weight, ...Weight[]];

/** Measures of a control in px (chatkit-api, appendix A). */
interface ControlMetrics {
  readonly height: number;
  readonly gutter: number;
  readonly font: number;
  readonly icon: number;
  readonly radius: number;
}

/** `ControlSize`. */
export const controlSizes = {
  '3xs': { height: 22, gutter: 6, font: 12, icon: 14, radius: 6 },
  '2xs': { height: 24, gutter: 8, font: 12, icon: 16, radius: 6 },
  xs: { height: 26, gutter: 8, font: 14, icon: 16, radius: 6 },
  sm: { height: 28, gutter: 10, font: 14, icon: 18, radius: 6 },
  md: { height: 32, gutter: 12, font: 14, icon: 18, radius: 8 },
  lg: { height: 36, gutter: 12, font: 14, icon: 18, radius: 8 },
  xl: { height: 40, gutter: 14, font: 14, icon: 18, radius: 10 },
  '2xl': { height: 44, gutter: 14, font: 16, icon: 20, radius: 12 },
  '3xl': { height: 48, gutter: 16, font: 16, icon: 20, radius: 12 },
} as const satisfies Record<string, ControlMetrics>;
export type ControlSize = keyof typeof controlSizes;
export const controlSizeNames = Object.keys(controlSizes) as [ControlSize, ...ControlSize[]];

/** Factor of the side padding of a pill. */
export const pillGutterFactor = 1.33;

/** `gutterSize`: side padding in px. */
export const gutterSizes = { '2xs': 6, xs: 8, sm: 10, md: 12, lg: 14, xl: 16 } as const;
export type GutterSize = keyof typeof gutterSizes;
export const gutterSizeNames = Object.keys(gutterSizes) as [GutterSize, ...GutterSize[]];

export const controlVariants = ['solid', 'soft', 'outline', 'ghost'] as const;
export const fieldVariants = ['soft', 'outline'] as const;

/** `IconSize` in px; `3xl` is not documented and our choice. */
export const iconSizes = { xs: 14, sm: 16, md: 18, lg: 20, xl: 22, '2xl': 24, '3xl': 28 } as const;
type IconSize = keyof typeof iconSizes;
export const iconSizeNames = Object.keys(iconSizes) as [IconSize, ...IconSize[]];

/** `Button.iconSize` in px; differs from `IconSize`. */
export const buttonIconSizes = { sm: 16, md: 18, lg: 20, xl: 22, '2xl': 24 } as const;
type ButtonIconSize = keyof typeof buttonIconSizes;
export const buttonIconSizeNames = Object.keys(buttonIconSizes) as [ButtonIconSize, ...ButtonIconSize[]];

/** Badge measures in px. */
export const badgeSizes = {
  sm: { height: 18, font: 12, radius: 4, gutter: 6 },
  md: { height: 22, font: 14, radius: 4, gutter: 8 },
  lg: { height: 24, font: 14, radius: 6, gutter: 8 },
} as const;
type BadgeSize = keyof typeof badgeSizes;
export const badgeSizeNames = Object.keys(badgeSizes) as [BadgeSize, ...BadgeSize[]];

/** `Radius` names as CSS (chatkit-api 6.2). */
export const radiusCss = {
  '2xs': '2px',
  xs: '4px',
  sm: '6px',
  md: '8px',
  lg: '10px',
  xl: '12px',
  '2xl': '16px',
  '3xl': '20px',
  '4xl': '24px',
  full: '9999px',
  '100%': '100%',
  none: '0px',
} as const;

export type Radius = keyof typeof radiusCss;
export const radiusNames = Object.keys(radiusCss) as [Radius, ...Radius[]];

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

/** `align`: the cross axis (chatkit-api 6.2). */
export const alignCss = {
  start: 'flex-start',
  center: 'center',
  end: 'flex-end',
  baseline: 'baseline',
  stretch: 'stretch',
} as const;
export type Align = keyof typeof alignCss;
export const alignNames = Object.keys(alignCss) as [Align, ...Align[]];

/** `justify`: the main axis. */
export const justifyCss = {
  start: 'flex-start',
  center: 'center',
  end: 'flex-end',
  between: 'space-between',
  around: 'space-around',
  evenly: 'space-evenly',
  stretch: 'stretch',
} as const;
export type Justify = keyof typeof justifyCss;
export const justifyNames = Object.keys(justifyCss) as [Justify, ...Justify[]];

export const wrapNames = ['nowrap', 'wrap', 'wrap-reverse'] as const;
export const textAlignNames = ['start', 'center', 'end'] as const;

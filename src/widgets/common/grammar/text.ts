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

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

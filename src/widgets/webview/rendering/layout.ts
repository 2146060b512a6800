import type { CSSProperties } from 'react';
import { type ColourValue, colourCss } from '../../common/grammar/colour.ts';
import type { WidgetTheme } from '../../common/grammar/palette.ts';
import {
  type Align,
  type ColourContext,
  type ControlSize,
  type GutterSize,
  type Justify,
  type Radius,
  type TextMetrics,
  type Weight,
  alignCss,
  controlSizes,
  gutterSizes,
  justifyCss,
  pillGutterFactor,
  radiusCss,
  weightCss,
} from '../../common/grammar/tokens.ts';
import { type BorderValue, bordersCss } from '../../common/grammar/border.ts';
import {
  type SpacingBoxValue,
  type SpacingValue,
  aspectRatioCss,
  dimensionCss,
  flexCss,
  spacingBoxCss,
  spacingCss,
} from '../../common/grammar/length.ts';

/**
 * Styles as React sets them: property by property, so that no text of a widget is parsed as a stylesheet. Colours become
 * custom properties (`--ck-…`), which high contrast themes and forced colours override.
 */
export type WidgetStyle = CSSProperties & { readonly [property: `--ck-${string}`]: string | undefined };

type MutableStyle = { -readonly [K in keyof CSSProperties]: CSSProperties[K] } & Record<
  `--ck-${string}`,
  string | undefined
>;

type Value = number | string | undefined;

interface DimensionProps {
  readonly height?: Value;
  readonly width?: Value;
  readonly size?: Value;
  readonly minHeight?: Value;
  readonly minWidth?: Value;
  readonly minSize?: Value;
  readonly maxHeight?: Value;
  readonly maxWidth?: Value;
  readonly maxSize?: Value;
  readonly aspectRatio?: Value;
}

export interface BlockProps extends DimensionProps {
  readonly radius?: Radius | undefined;
  readonly margin?: SpacingBoxValue | undefined;
}

export interface BoxProps extends BlockProps {
  readonly align?: Align | undefined;
  readonly justify?: Justify | undefined;
  readonly wrap?: 'nowrap' | 'wrap' | 'wrap-reverse' | undefined;
  readonly flex?: Value;
  readonly gap?: SpacingValue | undefined;
  readonly padding?: SpacingBoxValue | undefined;
  readonly border?: BorderValue | undefined;
  readonly background?: ColourValue | undefined;
}

/** Widths and heights; `width` and `height` take precedence over `size`. */
export function dimensionStyle(props: DimensionProps): WidgetStyle {
  const style: MutableStyle = {};
  const axes = [
    ['width', props.width ?? props.size],
    ['height', props.height ?? props.size],
    ['minWidth', props.minWidth ?? props.minSize],
    ['minHeight', props.minHeight ?? props.minSize],
    ['maxWidth', props.maxWidth ?? props.maxSize],
    ['maxHeight', props.maxHeight ?? props.maxSize],
  ] as const;
  for (const [property, value] of axes) {
    const css = value === undefined ? undefined : dimensionCss(value, property.startsWith('max') ? 'maximum' : 'size');
    if (css !== undefined) style[property] = css;
  }
  // A box with a fixed size keeps it: flex would shrink it next to long text.
  if (isFixed(props.width ?? props.size) || isFixed(props.height ?? props.size)) style.flexShrink = 0;
  const ratio = props.aspectRatio === undefined ? undefined : aspectRatioCss(props.aspectRatio);
  if (ratio !== undefined) style.aspectRatio = ratio;
  return style;
}

export function blockStyle(props: BlockProps): WidgetStyle {
  const style: MutableStyle = { ...dimensionStyle(props) };
  if (props.radius !== undefined) style.borderRadius = radiusCss[props.radius];
  if (props.margin !== undefined) {
    const margin = spacingBoxCss(props.margin, 'margin');
    style.marginTop = margin.top;
    style.marginRight = margin.right;
    style.marginBottom = margin.bottom;
    style.marginLeft = margin.left;
  }
  return style;
}

export function boxStyle(props: BoxProps, theme: WidgetTheme): WidgetStyle {
  const flex = props.flex === undefined ? undefined : flexCss(props.flex);
  return {
    ...blockStyle(props),
    ...(flex === undefined ? {} : { flex }),
    ...flexStyle(props),
    ...paddingStyle(props.padding),
    ...borderStyle(props.border, theme),
    ...colourStyle('background', props.background, 'background', theme),
  };
}

/** The layout of the children. */
export function flexStyle(props: Pick<BoxProps, 'align' | 'justify' | 'wrap' | 'gap'>): WidgetStyle {
  const style: MutableStyle = {};
  if (props.align !== undefined) style.alignItems = alignCss[props.align];
  if (props.justify !== undefined) style.justifyContent = justifyCss[props.justify];
  if (props.wrap !== undefined) style.flexWrap = props.wrap;
  if (props.gap !== undefined) style.gap = spacingCss(props.gap);
  return style;
}

/** Padding as `--ck-pad-…`, which `flush` children use to reach the edge of the container. */
export function paddingStyle(padding: SpacingBoxValue | undefined): WidgetStyle {
  if (padding === undefined) return {};
  const sides = spacingBoxCss(padding, 'padding');
  return {
    '--ck-pad-top': sides.top,
    '--ck-pad-right': sides.right,
    '--ck-pad-bottom': sides.bottom,
    '--ck-pad-left': sides.left,
  };
}

export function borderStyle(border: BorderValue | undefined, theme: WidgetTheme): WidgetStyle {
  if (border === undefined) return {};
  const { top, right, bottom, left } = bordersCss(border, theme);
  const sides = [top, right, bottom, left];
  return {
    // One property for all sides: setting a property costs more than reading its value.
    borderWidth: sides.map((side) => side?.width ?? '0px').join(' '),
    borderStyle: sides.map((side) => side?.style ?? 'solid').join(' '),
    '--ck-border-top-colour': top?.colour,
    '--ck-border-right-colour': right?.colour,
    '--ck-border-bottom-colour': bottom?.colour,
    '--ck-border-left-colour': left?.colour,
  };
}

/** A colour set by the author, as a custom property. */
export function colourStyle(
  name: 'colour' | 'background' | 'line',
  value: ColourValue | undefined,
  context: ColourContext,
  theme: WidgetTheme,
): WidgetStyle {
  const css = value === undefined ? undefined : colourCss(value, context, theme);
  return css === undefined ? {} : { [`--ck-author-${name}`]: css };
}

function isFixed(value: Value): boolean {
  return typeof value === 'number' || (typeof value === 'string' && /^\d+(?:\.\d+)?px$/.test(value.trim()));
}

interface ControlOptions {
  readonly size?: ControlSize | undefined;
  readonly gutterSize?: GutterSize | undefined;
  readonly pill?: boolean | undefined;
}

/** Measures of a field: the same as those of a button of its size. */
export function controlStyle({ size = 'md', gutterSize, pill }: ControlOptions): WidgetStyle {
  const metrics = controlSizes[size];
  const gutter = gutterSize === undefined ? metrics.gutter : gutterSizes[gutterSize];
  return {
    '--ck-control-height': `${metrics.height}px`,
    '--ck-gutter': `${pill ? gutter * pillGutterFactor : gutter}px`,
    fontSize: metrics.font,
    borderRadius: pill ? 9999 : metrics.radius,
  };
}

interface TextProps {
  readonly color?: ColourValue | undefined;
  readonly weight?: Weight | undefined;
  readonly textAlign?: 'start' | 'center' | 'end' | undefined;
  readonly truncate?: boolean | undefined;
  readonly maxLines?: number | undefined;
}

/** Style of a text component: metrics, weight, alignment, number of lines and colour. */
export function textStyle(props: TextProps, metrics: TextMetrics, theme: WidgetTheme): WidgetStyle {
  return {
    fontSize: metrics.size,
    lineHeight: `${metrics.line}px`,
    ...(props.weight === undefined ? {} : { fontWeight: weightCss[props.weight] }),
    ...(props.textAlign === undefined ? {} : { textAlign: props.textAlign }),
    ...(props.maxLines === undefined || props.truncate ? {} : { WebkitLineClamp: props.maxLines }),
    ...colourStyle('colour', props.color, 'text', theme),
  };
}

export function textClass(name: string, props: TextProps): string {
  if (props.truncate) return `${name} ck-truncate`;
  return props.maxLines === undefined ? name : `${name} ck-clamp`;
}

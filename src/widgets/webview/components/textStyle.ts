import type { ColourValue } from '../../common/grammar/colour.ts';
import type { WidgetTheme } from '../../common/grammar/palette.ts';
import { type TextMetrics, type Weight, weightCss } from '../../common/grammar/tokens.ts';
import { type WidgetStyle, colourStyle } from '../rendering/layout.ts';

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

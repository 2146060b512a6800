import {
  type ControlSize,
  type GutterSize,
  controlSizes,
  gutterSizes,
  pillGutterFactor,
} from '../../common/grammar/tokens.ts';
import type { WidgetStyle } from '../rendering/layout.ts';

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

import { dimensionCss, spacingCss } from '../../common/grammar/length.ts';
import { useWidgetTheme } from '../rendering/widgetHost.ts';
import type { WidgetComponentProps } from '../rendering/componentTable.ts';
import { type WidgetStyle, colourStyle } from '../rendering/layout.ts';

export function Divider({ node }: WidgetComponentProps<'Divider'>) {
  const theme = useWidgetTheme();
  const { color, size, spacing, flush } = node.props;
  const margin = spacing === undefined ? undefined : spacingCss(spacing);
  const style: WidgetStyle = {
    ...colourStyle('line', color, 'border', theme),
    '--ck-divider-size': size === undefined ? undefined : dimensionCss(size),
    '--ck-divider-spacing': margin,
  };
  return <hr className={flush ? 'ck-divider ck-flush' : 'ck-divider'} style={style} data-widget-type="Divider" />;
}

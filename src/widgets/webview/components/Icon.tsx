import { iconSizes } from '../../common/grammar/tokens.ts';
import { useWidgetTheme } from '../rendering/widgetHost.ts';
import type { WidgetComponentProps } from '../rendering/componentTable.ts';
import { IconGlyph } from '../icons/IconGlyph.tsx';
import { colourStyle } from '../rendering/layout.ts';

export function Icon({ node }: WidgetComponentProps<'Icon'>) {
  const theme = useWidgetTheme();
  const { name, color, size = 'md' } = node.props;
  return (
    <span className="ck-icon" style={colourStyle('colour', color, 'text', theme)} data-widget-type="Icon">
      <IconGlyph name={name} size={iconSizes[size]} />
    </span>
  );
}

import { captionSizes } from '../../common/grammar/tokens.ts';
import { useWidgetTheme } from '../rendering/widgetHost.ts';
import type { WidgetComponentProps } from '../rendering/componentTable.ts';
import { textClass, textStyle } from '../rendering/layout.ts';

export function Caption({ node }: WidgetComponentProps<'Caption'>) {
  const theme = useWidgetTheme();
  const { value = '', size = 'md' } = node.props;
  return (
    <p
      className={textClass('ck-caption', node.props)}
      style={textStyle(node.props, captionSizes[size], theme)}
      data-widget-type="Caption"
    >
      {value}
    </p>
  );
}

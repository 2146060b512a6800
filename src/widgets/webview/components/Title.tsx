import { titleSizes } from '../../common/grammar/text.ts';
import { useWidgetTheme } from '../rendering/widgetHost.ts';
import type { DrawingProps } from '../rendering/componentTable.ts';
import { textClass, textStyle } from './textStyle.ts';

/** A headline of the widget. Its level in the page's outline is below those of the page itself. */
export function Title({ node }: DrawingProps<'Title'>) {
  const theme = useWidgetTheme();
  const { value = '', size = 'md' } = node.props;
  return (
    <h4
      className={textClass('ck-title', node.props)}
      style={textStyle(node.props, titleSizes[size], theme)}
      data-widget-type="Title"
    >
      {value}
    </h4>
  );
}

import { titleSizes } from '../../common/grammar/tokens.ts';
import { useWidgetTheme } from '../rendering/widgetHost.ts';
import type { WidgetComponentProps } from '../rendering/componentTable.ts';
import { textClass, textStyle } from '../rendering/layout.ts';

/** A heading of the widget. Its level is below the headings of the page. */
export function Title({ node }: WidgetComponentProps<'Title'>) {
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

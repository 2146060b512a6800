import { textSizes } from '../../common/grammar/tokens.ts';
import { useWidgetTheme } from '../rendering/widgetHost.ts';
import type { WidgetComponentProps } from '../rendering/componentTable.ts';
import { useFieldIds } from '../form/formScope.ts';
import { textStyle } from '../rendering/layout.ts';

export function Label({ node }: WidgetComponentProps<'Label'>) {
  const theme = useWidgetTheme();
  const { value = '', fieldName, size = 'sm' } = node.props;
  const ids = useFieldIds(fieldName);
  return (
    <label
      className="ck-label"
      id={ids.label}
      htmlFor={ids.field}
      style={textStyle(node.props, textSizes[size], theme)}
      data-widget-type="Label"
    >
      {value}
    </label>
  );
}

import { Children } from '../rendering/NodeView.tsx';
import { useWidgetTheme } from '../rendering/widgetHost.ts';
import type { WidgetComponentProps } from '../rendering/componentTable.ts';
import { FormElement } from '../form/FormElement.tsx';
import { boxStyle } from '../rendering/layout.ts';
import { flexClass } from './Flex.tsx';

export function Form({ node }: WidgetComponentProps<'Form'>) {
  const theme = useWidgetTheme();
  return (
    <FormElement
      node={node}
      action={node.props.onSubmitAction}
      trigger="submit"
      className={flexClass(node.props.direction ?? 'col', node.props)}
      style={boxStyle(node.props, theme)}
    >
      <Children node={node} />
    </FormElement>
  );
}

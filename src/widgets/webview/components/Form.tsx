import { Children } from '../rendering/Children.tsx';
import { useWidgetTheme } from '../rendering/widgetHost.ts';
import type { DrawingProps } from '../rendering/componentTable.ts';
import { FormElement } from '../form/FormElement.tsx';
import { boxStyle } from '../rendering/layout.ts';
import { flexClass } from './Flex.tsx';

export function Form({ node }: DrawingProps<'Form'>) {
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

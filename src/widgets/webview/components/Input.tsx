import type { WidgetComponentProps } from '../rendering/componentTable.ts';
import { controlStyle } from '../rendering/layout.ts';
import { useTextField } from '../form/useTextField.ts';

export function Input({ node }: WidgetComponentProps<'Input'>) {
  const { inputType = 'text', variant = 'outline', allowAutofillExtensions } = node.props;
  const field = useTextField<HTMLInputElement>(node.props);
  return (
    <input
      {...field}
      type={inputType}
      className={`ck-field ck-field-${variant}`}
      style={controlStyle(node.props)}
      autoComplete={allowAutofillExtensions ? undefined : inputType === 'password' ? 'new-password' : 'off'}
      data-widget-type="Input"
    />
  );
}

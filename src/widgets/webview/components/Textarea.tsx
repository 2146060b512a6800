import type { WidgetComponentProps } from '../rendering/componentTable.ts';
import { type WidgetStyle, controlStyle } from '../rendering/layout.ts';
import { useTextField } from '../form/useTextField.ts';

const lineHeight = 20;

export function Textarea({ node }: WidgetComponentProps<'Textarea'>) {
  const { rows = 3, autoResize, maxRows, variant = 'outline' } = node.props;
  const field = useTextField<HTMLTextAreaElement>(node.props);
  const style: WidgetStyle = {
    ...controlStyle(node.props),
    '--ck-min-lines': `${rows * lineHeight}px`,
    '--ck-max-lines': `${(maxRows ?? Math.max(rows, 10)) * lineHeight}px`,
  };
  return (
    <textarea
      {...field}
      rows={rows}
      className={`ck-field ck-textarea ck-field-${variant}${autoResize ? ' ck-auto-resize' : ''}`}
      style={style}
      data-widget-type="Textarea"
    />
  );
}

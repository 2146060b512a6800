import type { GoodProps, KnownNode } from '../../common/node.ts';
import type { WidgetStyle } from '../rendering/layout.ts';
import { useTextField } from '../form/useTextField.ts';

type Editable = Exclude<NonNullable<GoodProps<'Text'>['editable']>, false>;

interface EditableTextProps {
  readonly node: KnownNode<'Text'>;
  readonly editable: Editable;
  readonly style: WidgetStyle;
}

/** A text that is a form field: it looks like the text until it is pointed at or focused. */
export function EditableText({ node, editable, style }: EditableTextProps) {
  const field = useTextField<HTMLInputElement>({ ...editable, defaultValue: node.props.value });
  return (
    <input
      {...field}
      className="ck-text ck-editable"
      style={style}
      type="text"
      aria-label={field['aria-labelledby'] ? undefined : (editable.placeholder ?? editable.name)}
      autoComplete={editable.autoComplete ?? 'off'}
      data-widget-type="Text"
    />
  );
}

import type { KeyboardEvent } from 'react';
import { dimensionCss } from '../../common/grammar/length.ts';
import { textSizes } from '../../common/grammar/tokens.ts';
import { useWidgetTheme } from '../rendering/widgetHost.ts';
import type { WidgetComponentProps } from '../rendering/componentTable.ts';
import { type WidgetStyle, textClass, textStyle } from '../rendering/layout.ts';
import type { KnownNode, ValidProps } from '../../common/node.ts';
import { useTextField } from '../form/useTextField.ts';

export function Text({ node }: WidgetComponentProps<'Text'>) {
  const theme = useWidgetTheme();
  const { value = '', size = 'md', italic, lineThrough, width, minLines, streaming, editable } = node.props;
  const metrics = textSizes[size];
  const style: WidgetStyle = {
    ...textStyle(node.props, metrics, theme),
    ...(italic ? { fontStyle: 'italic' } : {}),
    ...(lineThrough ? { textDecorationLine: 'line-through' } : {}),
    ...(width === undefined ? {} : { width: dimensionCss(width) }),
    ...(minLines === undefined ? {} : { minHeight: minLines * metrics.line }),
  };
  if (editable) return <EditableText node={node} editable={editable} style={style} />;
  return (
    <p
      className={textClass(streaming ? 'ck-text ck-streaming' : 'ck-text', node.props)}
      style={style}
      data-widget-type="Text"
    >
      {value}
    </p>
  );
}

type Editable = Exclude<NonNullable<ValidProps<'Text'>['editable']>, false>;

interface EditableTextProps {
  readonly node: KnownNode<'Text'>;
  readonly editable: Editable;
  readonly style: WidgetStyle;
}

/** A text that is a form field: it looks like plain text until it is hovered or focused. */
function EditableText({ node, editable, style }: EditableTextProps) {
  const field = useTextField<HTMLTextAreaElement>({ ...editable, defaultValue: node.props.value });
  return (
    // A text can have line breaks, which a field of one line would remove.
    <textarea
      {...field}
      rows={1}
      onKeyDown={submitOnEnter}
      className="ck-text ck-editable"
      style={style}
      aria-label={field['aria-labelledby'] ? undefined : (editable.placeholder ?? editable.name)}
      autoComplete={editable.autoComplete ?? 'off'}
      data-widget-type="Text"
    />
  );
}

/** Enter sends the form, as in a field of one line; Shift+Enter inserts a line break. */
function submitOnEnter(event: KeyboardEvent<HTMLTextAreaElement>): void {
  const { form } = event.currentTarget;
  if (event.key !== 'Enter' || event.shiftKey || event.nativeEvent.isComposing || form === null) return;
  event.preventDefault();
  form.requestSubmit();
}

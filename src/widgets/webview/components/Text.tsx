import { dimensionCss } from '../../common/grammar/dimension.ts';
import { textSizes } from '../../common/grammar/text.ts';
import { useWidgetTheme } from '../rendering/widgetHost.ts';
import type { DrawingProps } from '../rendering/componentTable.ts';
import type { WidgetStyle } from '../rendering/layout.ts';
import { EditableText } from './EditableText.tsx';
import { textClass, textStyle } from './textStyle.ts';

export function Text({ node }: DrawingProps<'Text'>) {
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

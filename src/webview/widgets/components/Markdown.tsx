import { Markdown as MarkdownText } from '../../markdown/Markdown.tsx';
import type { DrawingProps } from '../draw.ts';

export function Markdown({ node }: DrawingProps<'Markdown'>) {
  const { value = '', streaming } = node.props;
  return (
    <div className={streaming ? 'ck-markdown ck-streaming' : 'ck-markdown'} data-widget-type="Markdown">
      <MarkdownText text={value} />
    </div>
  );
}

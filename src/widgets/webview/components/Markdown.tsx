import { Markdown as MarkdownText } from '../../../base/webview/markdown/Markdown.tsx';
import type { WidgetComponentProps } from '../rendering/componentTable.ts';
import { GuardedImage } from './GuardedImage.tsx';

export function Markdown({ node }: WidgetComponentProps<'Markdown'>) {
  const { value = '', streaming } = node.props;
  return (
    <div className={streaming ? 'ck-markdown ck-streaming' : 'ck-markdown'} data-widget-type="Markdown">
      <MarkdownText text={value} renderImage={renderMarkdownImage} />
    </div>
  );
}

function renderMarkdownImage(url: string, alt: string) {
  return (
    <span className="ck-image">
      <GuardedImage src={url} alt={alt} compact={false} />
    </span>
  );
}

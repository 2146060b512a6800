import { Markdown as MarkdownText } from '../../../base/webview/markdown/Markdown.tsx';
import type { DrawingProps } from '../rendering/componentTable.ts';
import { GuardedImage } from './GuardedImage.tsx';

export function Markdown({ node }: DrawingProps<'Markdown'>) {
  const { value = '', streaming } = node.props;
  return (
    <div className={streaming ? 'ck-markdown ck-streaming' : 'ck-markdown'} data-widget-type="Markdown">
      <MarkdownText text={value} renderImage={drawImage} />
    </div>
  );
}

function drawImage(url: string, alt: string) {
  return (
    <span className="ck-image">
      <GuardedImage src={url} alt={alt} compact={false} />
    </span>
  );
}

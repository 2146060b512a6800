import { useInspector } from '../inspector/context.tsx';
import { useMaking } from '../inspector/useMaking.ts';
import { Icon } from '../controls/Icon.tsx';
import { GrowingMarkdown } from '../markdown/GrowingMarkdown.tsx';
import { Markdown } from '../markdown/Markdown.tsx';
import { markdownWords } from '../markdown/plainText.ts';
import type { ItemOf, KindView } from './kind.ts';
import { RemoteImage } from './RemoteImage.tsx';
import { Sources } from './Sources.tsx';
import { sourceTitle } from './sourceTitle.ts';

export const assistantMessage: KindView<'assistant_message'> = {
  icon: 'comment-discussion',
  label: (strings) => strings.kindAssistantMessage,
  Body,
  texts: ({ parts }) =>
    parts.flatMap(({ text, annotations }) => [
      markdownWords(text),
      ...annotations.map(({ source }) => sourceTitle(source)),
    ]),
  baseHeight: 20,
};

function Body({ item }: { readonly item: ItemOf<'assistant_message'> }) {
  const { strings } = useInspector();
  const growing = useMaking(item.id) === 'open';
  const Text = growing ? GrowingMarkdown : Markdown;
  const annotations = item.parts.flatMap((part) => part.annotations);
  const empty = item.parts.every(({ text }) => text === '');
  return (
    <>
      {item.parts.map(({ text }, index) => (
        <Text
          key={index}
          text={text}
          renderImage={(url, alt) => <RemoteImage itemId={item.id} url={url} alt={alt} />}
        />
      ))}
      {empty && <p className="quiet">{growing ? <Icon name="loading" spin /> : strings.emptyMessage}</p>}
      {annotations.length > 0 && <Sources sources={annotations.map(({ source }) => source)} />}
    </>
  );
}

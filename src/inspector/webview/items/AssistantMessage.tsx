import * as l10n from '@vscode/l10n';
import { useMemo, useState } from 'react';
import { useItemProgress } from '../state/context.tsx';
import { Icon } from '../../../base/webview/controls/buttons.tsx';
import { Markdown, StreamingMarkdown } from '../../../base/webview/markdown/Markdown.tsx';
import { markdownWords } from '../../../base/webview/markdown/footnotePlaces.ts';
import { type Footnotes, footnotesOf, sourceTitle } from './footnotesOf.ts';
import type { ItemOf, KindView } from './kind.ts';
import { RemoteImage } from './RemoteImage.tsx';
import { FootnoteSources, Sources } from './Sources.tsx';

export const assistantMessage: KindView<'assistant_message'> = {
  icon: 'comment-discussion',
  label: () => l10n.t('Assistant'),
  Body,
  texts: ({ parts }) =>
    parts.flatMap(({ text, annotations }) => [
      markdownWords(text),
      ...annotations.map(({ source }) => sourceTitle(source)),
    ]),
  extraHeight: 0,
};

function Body({ item }: { readonly item: ItemOf<'assistant_message'> }) {
  const isStreaming = useItemProgress(item.id) === 'open';
  const Text = isStreaming ? StreamingMarkdown : Markdown;
  const notes = useMemo(() => footnotesOf(item.parts), [item.parts]);
  const [open, setOpen] = useState(false);
  const [followed, setFollowed] = useState<{ readonly number: number } | null>(null);
  const follow = (number: number) => {
    setOpen(true);
    setFollowed({ number });
  };
  const empty = item.parts.every(({ text }) => text === '');
  const hasFootnotes = notes.parts.some((part) => part.length > 0);
  return (
    <>
      {item.parts.map(({ text }, index) => (
        <Text
          key={index}
          text={text}
          renderImage={(url, alt) => <RemoteImage itemId={item.id} url={url} alt={alt} />}
          footnotes={notes.parts[index]?.length === 0 ? undefined : notes.parts[index]}
          renderFootnote={(number) => <Reference number={number} notes={notes} onFollow={follow} />}
        />
      ))}
      {empty && <p className="quiet">{isStreaming ? <Icon name="loading" spin /> : l10n.t('(empty)')}</p>}
      {hasFootnotes ? (
        <FootnoteSources sources={notes.sources} open={open} onToggle={() => setOpen(!open)} followed={followed} />
      ) : (
        notes.sources.length > 0 && <Sources sources={notes.sources.map(({ source }) => source)} />
      )}
    </>
  );
}

interface ReferenceProps {
  readonly number: number;
  readonly notes: Footnotes;
  readonly onFollow: (number: number) => void;
}

/** A footnote number in the text that opens its sources. */
function Reference({ number, notes, onFollow }: ReferenceProps) {
  const titles = notes.sources.filter(({ footnote }) => footnote === number).map(({ source }) => sourceTitle(source));
  const label = l10n.t('Source {0}: {1}', number, titles.join(', '));
  return (
    <button
      type="button"
      className="footnote"
      aria-label={label}
      title={titles.join('\n')}
      onClick={() => onFollow(number)}
    >
      {number}
    </button>
  );
}

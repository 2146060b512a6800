import { type ReactNode, memo, useLayoutEffect, useRef, useState, useSyncExternalStore } from 'react';
import { createPortal } from 'react-dom';
import { IncrementalBlocks } from './incrementalBlocks.ts';
import { enrichment, renderGrowing, renderMarkdown } from './render.ts';
import type { Footnote } from './footnotePlaces.ts';
import './markdown.css';

interface MarkdownProps {
  readonly text: string;
  /** Renders an image of the text; without it, the description is shown. */
  readonly renderImage?: (url: string, alt: string) => ReactNode;
  readonly footnotes?: readonly Footnote[] | undefined;
  readonly renderFootnote?: (number: number) => ReactNode;
}

const noFootnotes: readonly Footnote[] = [];

/** Assistant Markdown. A click handler of a parent opens its links (see `openLinksThrough`). */
export function Markdown({ text, renderImage, footnotes = noFootnotes, renderFootnote }: MarkdownProps) {
  const root = useRef<HTMLDivElement>(null);
  const [places, setPlaces] = useState<readonly HTMLElement[]>([]);
  const version = useSyncExternalStore(enrichment.subscribe, enrichment.getVersion);

  useLayoutEffect(() => {
    const fragment = renderMarkdown(text, footnotes);
    const found = [...fragment.querySelectorAll<HTMLElement>('[data-image], [data-footnote]')];
    root.current?.replaceChildren(fragment);
    setPlaces((before) => (before.length === 0 && found.length === 0 ? before : found));
  }, [text, footnotes, version]);

  return (
    <>
      <div className="markdown" ref={root} />
      {places.map((place, index) => {
        const { image, alt, footnote } = place.dataset;
        const content =
          footnote === undefined ? (renderImage?.(image ?? '', alt ?? '') ?? alt) : renderFootnote?.(Number(footnote));
        return createPortal(content, place, `place-${index}`);
      })}
    </>
  );
}

/** Markdown that is being streamed: complete blocks are rendered once, only the last block is rendered again. */
export function StreamingMarkdown({ text, renderImage }: MarkdownProps) {
  const [blocks] = useState(() => new IncrementalBlocks());
  const { done, rest } = blocks.update(text);
  return (
    <>
      {done.map((block, index) => (
        <Block key={index} text={block} {...(renderImage === undefined ? {} : { renderImage })} />
      ))}
      <Rest text={rest} />
    </>
  );
}

const Block = memo(Markdown, (before, after) => before.text === after.text);

function Rest({ text }: { readonly text: string }) {
  const root = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => root.current?.replaceChildren(renderGrowing(text)), [text]);
  return <div className="markdown" ref={root} />;
}

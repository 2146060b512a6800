import { useLayoutEffect, useRef, useState, useSyncExternalStore, type ReactNode } from 'react';
import { createPortal } from 'react-dom';
import type { Footnote } from './footnotePlaces.ts';
import { enrichment, renderMarkdown } from './render.ts';
import './markdown.css';

export interface MarkdownProps {
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

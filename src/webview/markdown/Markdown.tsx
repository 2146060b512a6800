import { useLayoutEffect, useRef, useState, useSyncExternalStore, type ReactNode } from 'react';
import { createPortal } from 'react-dom';
import { enrichment, renderMarkdown } from './render.ts';
import './markdown.css';

export interface MarkdownProps {
  readonly text: string;
  /** Draws an image that the text names; without it, its description stands there. */
  readonly renderImage?: (url: string, alt: string) => ReactNode;
}

/** Assistant Markdown. Links are opened by whoever listens for clicks around it (see `openLinksThrough`). */
export function Markdown({ text, renderImage }: MarkdownProps) {
  const root = useRef<HTMLDivElement>(null);
  const [images, setImages] = useState<readonly HTMLElement[]>([]);
  const version = useSyncExternalStore(enrichment.subscribe, enrichment.getVersion);

  useLayoutEffect(() => {
    const fragment = renderMarkdown(text);
    const places = [...fragment.querySelectorAll<HTMLElement>('[data-image]')];
    root.current?.replaceChildren(fragment);
    setImages((before) => (before.length === 0 && places.length === 0 ? before : places));
  }, [text, version]);

  return (
    <>
      <div className="markdown" ref={root} />
      {images.map((place, index) =>
        createPortal(
          renderImage?.(place.dataset['image'] ?? '', place.dataset['alt'] ?? '') ?? place.dataset['alt'],
          place,
          `image-${index}`,
        ),
      )}
    </>
  );
}

import type { AssistantPart, Source } from '../../../chatkit/common/model/content.ts';

/** A source of a message. `footnote` is its number in the text, or null if it applies to the whole text. */
export interface NumberedSource {
  readonly source: Source;
  readonly footnote: number | null;
}

export interface Footnotes {
  /** The footnotes of each part, in the order of the text. */
  readonly parts: readonly (readonly { readonly number: number; readonly index: number }[])[];
  /** All sources, those with a number first, in order. */
  readonly sources: readonly NumberedSource[];
}

/** Numbers the text positions of sources; sources at the same position share a number (chatkit-api 5.5). */
export function footnotesOf(parts: readonly AssistantPart[]): Footnotes {
  const sources: NumberedSource[] = [];
  let number = 0;
  const numbered = parts.map(({ annotations }) => {
    const byPosition = new Map<number, Source[]>();
    for (const { index, source } of annotations) {
      if (index === null) continue;
      const sourcesHere = byPosition.get(index);
      if (sourcesHere === undefined) byPosition.set(index, [source]);
      else sourcesHere.push(source);
    }
    return [...byPosition]
      .toSorted(([a], [b]) => a - b)
      .map(([index, sourcesHere]) => {
        number += 1;
        const footnote = number;
        for (const source of sourcesHere) sources.push({ source, footnote });
        return { number, index };
      });
  });
  const withoutPosition = parts.flatMap(({ annotations }) => annotations.filter(({ index }) => index === null));
  return {
    parts: numbered,
    sources: [...sources, ...withoutPosition.map(({ source }) => ({ source, footnote: null }))],
  };
}

/** Returns the title of a source, or else its host, file name or label. Empty only for an unknown type of source. */
export function sourceTitle(source: Source): string {
  switch (source.type) {
    case 'url':
      return source.title ?? source.attribution ?? hostOf(source.url);
    case 'file':
      return source.title ?? source.filename;
    case 'entity':
      return source.title ?? source.label ?? source.inlineLabel ?? source.id;
    case 'unknown':
      return source.title ?? source.wireType ?? '';
  }
}

function hostOf(url: string): string {
  return URL.canParse(url) ? new URL(url).host || url : url;
}

import type { AssistantPart, Source } from '../../../chatkit/common/model/content.ts';

/** A source of an answer; `footnote`: its number in the text, null where it belongs to the text as a whole. */
export interface NumberedSource {
  readonly source: Source;
  readonly footnote: number | null;
}

export interface Footnotes {
  /** For each part, its footnotes in the order of the text. */
  readonly parts: readonly (readonly { readonly number: number; readonly index: number }[])[];
  /** All sources: those with a number first, in order. */
  readonly sources: readonly NumberedSource[];
}

/** Numbers the places that sources belong to; sources at the same place share one (chatkit-api 5.5). */
export function footnotesOf(parts: readonly AssistantPart[]): Footnotes {
  const sources: NumberedSource[] = [];
  let number = 0;
  const numbered = parts.map(({ annotations }) => {
    const places = new Map<number, Source[]>();
    for (const { index, source } of annotations) {
      if (index === null) continue;
      const here = places.get(index);
      if (here === undefined) places.set(index, [source]);
      else here.push(source);
    }
    return [...places]
      .toSorted(([a], [b]) => a - b)
      .map(([index, here]) => {
        number += 1;
        const footnote = number;
        for (const source of here) sources.push({ source, footnote });
        return { number, index };
      });
  });
  const unplaced = parts.flatMap(({ annotations }) => annotations.filter(({ index }) => index === null));
  return { parts: numbered, sources: [...sources, ...unplaced.map(({ source }) => ({ source, footnote: null }))] };
}

import type { RecordedEvent } from './recordedResponse.ts';

/** What a filter looks at; neither needs the JSON. */
export type FilteredEvent = Pick<RecordedEvent, 'type' | 'change' | 'itemId' | 'text' | 'problem'>;

export interface EventFilter {
  /** Words that all have to be there: in the type, the item's id, what is said or what is wrong; any case. */
  readonly words: string;
  /** Only events of this item; null: of all. */
  readonly itemId: string | null;
}

/** Indices of the events that pass, in their order. */
export function filterEvents(events: readonly FilteredEvent[], { words, itemId }: EventFilter): readonly number[] {
  const wanted = words.toLowerCase().split(/\s+/).filter(Boolean);
  const passing: number[] = [];
  for (const [index, event] of events.entries()) {
    if (itemId !== null && event.itemId !== itemId) continue;
    if (wanted.length > 0) {
      const said = [event.type, event.change, event.itemId, event.text, event.problem].join('\n').toLowerCase();
      if (!wanted.every((word) => said.includes(word))) continue;
    }
    passing.push(index);
  }
  return passing;
}

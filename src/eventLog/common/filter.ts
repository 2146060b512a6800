import type { RecordedEvent } from './recordedResponse.ts';

/** The fields that a filter searches. */
type FilteredEvent = Pick<RecordedEvent, 'type' | 'change' | 'itemId' | 'text' | 'problem'>;

interface EventFilter {
  /** Words that must all occur in the type, the item's id, the text or the problem; not case-sensitive. */
  readonly text: string;
  /** Only events of this item; null: all items. */
  readonly itemId: string | null;
}

/** Returns the indices of matching events in order. */
export function filterEvents(events: readonly FilteredEvent[], { text, itemId }: EventFilter): readonly number[] {
  const words = text.toLowerCase().split(/\s+/).filter(Boolean);
  const passing: number[] = [];
  for (const [index, event] of events.entries()) {
    if (itemId !== null && event.itemId !== itemId) continue;
    if (words.length > 0) {
      const content = [event.type, event.change, event.itemId, event.text, event.problem].join('\n').toLowerCase();
      if (!words.every((word) => content.includes(word))) continue;
    }
    passing.push(index);
  }
  return passing;
}

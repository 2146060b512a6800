import type { EventView } from '../common/protocol.ts';

/** What an event is called: its type, and in short what it changes: `thread.item.updated`, `content_part.text_delta`. */
export function eventName({ type, change }: Pick<EventView, 'type' | 'change'>, none: string): string {
  const name = type ?? none;
  return change === null ? name : `${name} ${shortChange(change)}`;
}

/** The last two parts of a change's type; the item's kind before them is seen elsewhere. */
export function shortChange(change: string): string {
  return change.split('.').slice(-2).join('.');
}

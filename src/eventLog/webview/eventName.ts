import type { EventView } from '../common/protocol.ts';

/** Returns the label of an event: its type and the short type of its change, e.g. `thread.item.updated content_part.text_delta`. */
export function eventName({ type, change }: Pick<EventView, 'type' | 'change'>, none: string): string {
  const name = type ?? none;
  return change === null ? name : `${name} ${shortChange(change)}`;
}

/** Returns the last two parts of a change's type; the row shows the item's kind elsewhere. */
export function shortChange(change: string): string {
  return change.split('.').slice(-2).join('.');
}

import type { StreamEvent } from './events.ts';

/** Returns true if the event contains visible text of an assistant message or widget. */
export function hasVisibleText(event: StreamEvent): boolean {
  switch (event.type) {
    case 'itemAdded':
    case 'itemDone':
    case 'itemReplaced':
      return event.item.kind === 'assistant_message' && event.item.parts.some(({ text }) => text !== '');
    case 'itemUpdated': {
      const { update } = event;
      if (update.type === 'textDelta' || update.type === 'widgetText') return update.delta !== '';
      return (update.type === 'partAdded' || update.type === 'partDone') && update.part.text !== '';
    }
    default:
      return false;
  }
}

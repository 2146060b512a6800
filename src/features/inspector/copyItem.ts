import type { Json } from '../../domain/json.ts';
import type { ThreadItem } from '../../domain/model/item.ts';

/** An item for the clipboard. */
export function itemAs(item: ThreadItem, form: 'json' | 'text' | 'markdown' | 'id'): string {
  switch (form) {
    case 'id':
      return item.id;
    case 'json':
      return JSON.stringify(item.raw satisfies Json, null, 2);
    case 'text':
    case 'markdown':
      return itemText(item);
  }
}

/** What it says, whole. */
export function itemText(item: ThreadItem): string {
  switch (item.kind) {
    case 'user_message':
      return item.content.map((part) => (part.type === 'unknown' ? '' : part.text)).join('\n\n');
    case 'assistant_message':
      return item.parts.map(({ text }) => text).join('\n\n');
    default:
      return JSON.stringify(item.raw satisfies Json, null, 2);
  }
}

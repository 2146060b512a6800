import type { ThreadItem } from '../../domain/model/item.ts';
import type { TranscriptStrings } from '../../domain/transcript/strings.ts';
import { itemMarkdown, itemText } from '../documents/itemText.ts';

/** An item for the clipboard. */
export function itemAs(
  item: ThreadItem,
  form: 'json' | 'text' | 'markdown' | 'id',
  strings: TranscriptStrings,
): string {
  switch (form) {
    case 'id':
      return item.id;
    case 'json':
      return JSON.stringify(item.raw, null, 2);
    case 'text':
      return itemText(item, strings);
    case 'markdown':
      return itemMarkdown(item, strings);
  }
}

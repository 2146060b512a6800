import type { ThreadItem } from '../../chatkit/common/model/item.ts';
import { itemMarkdown, itemText } from '../../threads/vscode/documents/itemText.ts';

/** An item for the clipboard. */
export function itemAs(item: ThreadItem, form: 'json' | 'text' | 'markdown' | 'id'): string {
  switch (form) {
    case 'id':
      return item.id;
    case 'json':
      return JSON.stringify(item.raw, null, 2);
    case 'text':
      return itemText(item);
    case 'markdown':
      return itemMarkdown(item);
  }
}

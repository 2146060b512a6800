import type { ThreadItem } from '../../chatkit/common/model/item.ts';
import type { TranscriptStrings } from '../../threads/common/transcript/strings.ts';
import { itemMarkdown, itemText } from '../../threads/vscode/documents/itemText.ts';

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

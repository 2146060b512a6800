import type { ThreadItem } from '../../../chatkit/common/model/item.ts';
import { itemBody } from '../../common/transcript/itemBody.ts';

/** Returns the complete text of an item: the original text of a message, or the transcript of any other item. */
export function itemText(item: ThreadItem): string {
  switch (item.kind) {
    case 'user_message':
      return joinTexts(item.content.map((part) => (part.type === 'unknown' ? '' : part.text))) || itemMarkdown(item);
    case 'assistant_message':
      return joinTexts(item.parts.map(({ text }) => text)) || itemMarkdown(item);
    default:
      return itemMarkdown(item);
  }
}

/** Returns the item as a standalone Markdown document. */
export function itemMarkdown(item: ThreadItem): string {
  return itemBody(item, { normalised: false }).join('\n\n');
}

function joinTexts(texts: readonly string[]): string {
  return texts.filter((text) => text !== '').join('\n\n');
}

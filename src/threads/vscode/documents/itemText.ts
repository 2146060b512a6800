import type { ThreadItem } from '../../../chatkit/common/model/item.ts';
import { itemBody } from '../../common/transcript/itemBody.ts';

/** What an item says, whole: a message as it was written, everything else as its transcript has it. */
export function itemText(item: ThreadItem): string {
  switch (item.kind) {
    case 'user_message':
      return said(item.content.map((part) => (part.type === 'unknown' ? '' : part.text))) || itemMarkdown(item);
    case 'assistant_message':
      return said(item.parts.map(({ text }) => text)) || itemMarkdown(item);
    default:
      return itemMarkdown(item);
  }
}

/** The same as Markdown that can stand in a document of its own. */
export function itemMarkdown(item: ThreadItem): string {
  return itemBody(item, { normalised: false }).join('\n\n');
}

function said(texts: readonly string[]): string {
  return texts.filter((text) => text !== '').join('\n\n');
}

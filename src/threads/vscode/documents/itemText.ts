import type { ThreadItem } from '../../../chatkit/common/model/item.ts';
import { itemBody } from '../../common/transcript/itemBody.ts';
import type { TranscriptStrings } from '../../common/transcript/strings.ts';

/** What an item says, whole: a message as it was written, everything else as its transcript has it. */
export function itemText(item: ThreadItem, strings: TranscriptStrings): string {
  switch (item.kind) {
    case 'user_message':
      return (
        said(item.content.map((part) => (part.type === 'unknown' ? '' : part.text))) || itemMarkdown(item, strings)
      );
    case 'assistant_message':
      return said(item.parts.map(({ text }) => text)) || itemMarkdown(item, strings);
    default:
      return itemMarkdown(item, strings);
  }
}

/** The same as Markdown that can stand in a document of its own. */
export function itemMarkdown(item: ThreadItem, strings: TranscriptStrings): string {
  return itemBody(item, { strings, normalised: false }).join('\n\n');
}

function said(texts: readonly string[]): string {
  return texts.filter((text) => text !== '').join('\n\n');
}

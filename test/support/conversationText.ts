import type { ThreadItem } from '../../src/chatkit/common/model/item.ts';
import type { UserInput } from '../../src/chatkit/common/stream/conversationApi.ts';

/** The input of a user message that contains only text. */
export const message = (text: string): UserInput => ({
  content: [{ type: 'text', text }],
  attachments: [],
  quotedText: null,
  model: null,
  toolChoice: null,
});

/** Returns the text of an answer; empty for any other item. */
export const textOf = (item: ThreadItem | undefined): string =>
  item?.kind === 'assistant_message' ? item.parts.map(({ text }) => text).join('') : '';

import type { AssistantMessageItem, ThreadItem, UserMessageItem } from './item.ts';

/** What the user typed, without quotes and attachments; parts are joined by a space. Plain text. */
export function userText(item: UserMessageItem): string {
  return item.content
    .flatMap((part) => (part.type === 'text' || part.type === 'tag' ? [part.text] : []))
    .join(' ')
    .trim();
}

/** What the message quotes, one line for each quote; null for nothing. */
export function quotedText({ content }: Pick<UserMessageItem, 'content'>): string | null {
  const quotes = content.flatMap((part) => (part.type === 'quote' ? [part.text] : [])).join('\n');
  return quotes === '' ? null : quotes;
}

/** The text of an answer; its parts are paragraphs. Markdown. */
export function assistantText({ parts }: Pick<AssistantMessageItem, 'parts'>): string {
  return parts.map(({ text }) => text).join('\n\n');
}

/** Text of the first user message that has any; null when there is none. */
export function firstUserText(items: readonly ThreadItem[]): string | null {
  for (const item of items) {
    const text = item.kind === 'user_message' ? userText(item) : '';
    if (text !== '') return text;
  }
  return null;
}

import type { ThreadItem, UserMessageItem } from './item.ts';

/** What the user typed, without quotes and attachments; parts are joined by a space. Plain text. */
export function userText(item: UserMessageItem): string {
  return item.content
    .flatMap((part) => (part.type === 'text' || part.type === 'tag' ? [part.text] : []))
    .join(' ')
    .trim();
}

/** Text of the first user message that has any; null when there is none. */
export function firstUserText(items: readonly ThreadItem[]): string | null {
  for (const item of items) {
    const text = item.kind === 'user_message' ? userText(item) : '';
    if (text !== '') return text;
  }
  return null;
}

import type { Json } from '../../base/common/json.ts';
import type { UserInput } from '../../chatkit/common/stream/conversationApi.ts';

/** A tag of the next message: the text contains it as `@` and its text. */
export interface Mention {
  readonly id: string;
  readonly text: string;
  readonly group: string;
  /** A JSON object as text. */
  readonly data: string;
}

/** How a mention is written in a message. */
export function mentionToken({ text }: Pick<Mention, 'text'>): string {
  return `@${text}`;
}

/**
 * Returns the content of a message: its text, with tags in place of the mentions. A mention whose text was removed from
 * the message is left out.
 */
export function contentOf(text: string, mentions: readonly Mention[]): UserInput['content'] {
  const content: UserInput['content'][number][] = [];
  const left = [...mentions];
  let start = 0;
  for (;;) {
    const found = left
      .map((mention) => ({ mention, at: text.indexOf(mentionToken(mention), start) }))
      .filter(({ at }) => at >= 0)
      .sort((a, b) => a.at - b.at || b.mention.text.length - a.mention.text.length)[0];
    const before = text.slice(start, found?.at);
    if (before.trim() !== '') content.push({ type: 'text', text: before });
    if (found === undefined) return content;
    const { mention, at } = found;
    const { id, group } = mention;
    content.push({
      type: 'tag',
      id,
      text: mention.text,
      data: dataOf(mention.data),
      ...(group === '' ? {} : { group }),
    });
    left.splice(left.indexOf(mention), 1);
    start = at + mentionToken(mention).length;
  }
}

/** The data of a mention; empty for text that is not a JSON object. */
function dataOf(json: string): Readonly<Record<string, Json>> {
  return parseData(json) ?? {};
}

/** Parses the data of a mention: a JSON object, or nothing. Null for any other text. */
export function parseData(json: string): Readonly<Record<string, Json>> | null {
  if (json.trim() === '') return {};
  try {
    const value = JSON.parse(json) as unknown;
    return typeof value === 'object' && value !== null && !Array.isArray(value)
      ? (value as Record<string, Json>)
      : null;
  } catch {
    return null;
  }
}

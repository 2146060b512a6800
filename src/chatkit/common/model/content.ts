import { type Json, isJsonObject } from '../../../base/common/json.ts';

export type UserContent =
  | { readonly type: 'text'; readonly text: string }
  | { readonly type: 'quote'; readonly text: string }
  | {
      readonly type: 'tag';
      readonly id: string;
      readonly text: string;
      readonly group: string | null;
      readonly data: Json;
    }
  | { readonly type: 'unknown'; readonly wireType: string | null; readonly value: Json };

export interface Attachment {
  readonly id: string;
  /** `image`, `file`, or a newer type. */
  readonly type: string;
  readonly name: string;
  readonly mimeType: string;
  readonly previewUrl: string | null;
}

export interface InferenceOptions {
  readonly model: string | null;
  readonly toolChoice: string | null;
}

export interface AssistantPart {
  /** Markdown. */
  readonly text: string;
  readonly annotations: readonly Annotation[];
  /** Present for a part that is not plain output text; `text` then holds what text it has, if any. */
  readonly unknown?: { readonly wireType: string | null; readonly value: Json };
}

export interface Annotation {
  readonly source: Source;
  /** Character position in the text that the source belongs to; REST gives none: null. */
  readonly index: number | null;
}

interface SourceCommon {
  readonly title: string | null;
  readonly description: string | null;
  readonly timestamp: string | null;
  readonly group: string | null;
}

/** A source that a response cites. REST sends `url` and `file` without the common fields (all null then). */
export type Source =
  | (SourceCommon & { readonly type: 'url'; readonly url: string; readonly attribution: string | null })
  | (SourceCommon & { readonly type: 'file'; readonly filename: string })
  | (SourceCommon & {
      readonly type: 'entity';
      readonly id: string;
      readonly icon: string | null;
      readonly label: string | null;
      readonly inlineLabel: string | null;
      readonly interactive: boolean;
      readonly data: Json;
    })
  | (SourceCommon & { readonly type: 'unknown'; readonly wireType: string | null; readonly value: Json });

/** Props that hold words a reader sees, in the order in which they are read. */
const wordProps = ['value', 'label', 'placeholder', 'alt', 'text'] as const;
const maxVisited = 2_000;

/**
 * Returns the first words of a widget in reading order, as one line, for tree rows, accessible names and search.
 * `maxLength` is in characters. Empty if there are no words. Never throws, for any JSON.
 */
export function widgetText(json: Json, maxLength = 200): string {
  const words: string[] = [];
  let length = 0;
  let visited = 0;
  // Uses an explicit stack, because widgets can be nested deeper than the call stack allows.
  const stack: Json[] = [json];
  while (stack.length > 0 && length < maxLength && visited < maxVisited) {
    const node = stack.pop();
    visited += 1;
    if (!isJsonObject(node)) continue;
    const status = node['status'];
    const sources = isJsonObject(status) ? [status, node] : [node];
    for (const source of sources) {
      for (const prop of wordProps) {
        const word = source[prop];
        if (typeof word !== 'string') continue;
        const line = word
          .slice(0, 2 * maxLength + 1)
          .replace(/\s+/g, ' ')
          .trim();
        if (line === '') continue;
        words.push(line);
        length += line.length + 1;
      }
    }
    const children = node['children'];
    const list = Array.isArray(children) ? (children as readonly Json[]) : children === undefined ? [] : [children];
    for (let index = Math.min(list.length, maxVisited) - 1; index >= 0; index -= 1) stack.push(list[index] ?? null);
  }
  const text = words.join(' ');
  return text.length > maxLength ? `${text.slice(0, maxLength - 1).trimEnd()}…` : text;
}

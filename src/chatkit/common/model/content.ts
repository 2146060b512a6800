import type { Json } from '../../../base/common/json.ts';

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

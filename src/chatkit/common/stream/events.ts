import type { Json } from '../../../base/common/json.ts';
import type { Annotation, AssistantPart } from '../model/content.ts';
import type { Task, ThreadItem } from '../model/item.ts';
import type { Thread } from '../model/thread.ts';
import type { RuleId } from '../protocolProblems/catalogue/ruleIds.ts';

/** One event of a stream (chatkit-api 5.6), normalised like everything else above the wire. */
export type StreamEvent =
  | { readonly type: 'threadCreated'; readonly thread: Thread }
  /** Title or status changed. Does not contain items. */
  | { readonly type: 'threadUpdated'; readonly thread: Thread }
  /** An item that is incomplete. */
  | { readonly type: 'itemAdded'; readonly item: ThreadItem }
  | { readonly type: 'itemUpdated'; readonly itemId: string; readonly update: ItemUpdate }
  /** The final form of an item; may be received without an `itemAdded` before it. */
  | { readonly type: 'itemDone'; readonly item: ThreadItem }
  /** The item is done without changes: an event that contains only its id. */
  | { readonly type: 'itemFinished'; readonly itemId: string }
  | { readonly type: 'itemReplaced'; readonly item: ThreadItem }
  | { readonly type: 'itemRemoved'; readonly itemId: string }
  | { readonly type: 'options'; readonly allowCancel: boolean }
  /** A passing line, not stored: gone at the end of the turn. */
  | ({ readonly type: 'progress' } & ProgressLine)
  /** A request to the embedding app, without a response. */
  | ({ readonly type: 'effect' } & ClientEffect)
  | ({ readonly type: 'notice' } & Notice)
  | ({ readonly type: 'error' } & StreamFault)
  /** An event of a newer type (`problem` null), or one that could not be read. */
  | { readonly type: 'unknown'; readonly wireType: string | null; readonly problem: string | null };

export interface ProgressLine {
  readonly text: string;
  readonly icon: string | null;
}

export interface ClientEffect {
  readonly name: string;
  readonly data: Json;
}

export interface Notice {
  /** `info`, `warning`, `danger`, or a newer word. */
  readonly level: string;
  /** Markdown. */
  readonly message: string;
  readonly title: string | null;
}

/** An error that the server reported within a stream. */
export interface StreamFault {
  /** `custom`, `stream.error`, … Open-ended. */
  readonly code: string;
  readonly message: string | null;
  readonly allowRetry: boolean;
}

/** One change of an item (chatkit-api 5.7). `raw`: the JSON of the part, annotation, task or image. `merge`: other properties stay. */
export type ItemUpdate =
  | { readonly type: 'partAdded'; readonly index: number; readonly part: AssistantPart; readonly raw: Json }
  | { readonly type: 'textDelta'; readonly index: number; readonly delta: string }
  | {
      readonly type: 'annotationAdded';
      readonly index: number;
      readonly at: number;
      readonly annotation: Annotation;
      readonly raw: Json;
    }
  | { readonly type: 'partDone'; readonly index: number; readonly part: AssistantPart; readonly raw: Json }
  | { readonly type: 'widgetText'; readonly componentId: string; readonly delta: string; readonly done: boolean }
  | { readonly type: 'widgetComponent'; readonly componentId: string; readonly component: Json; readonly merge?: true }
  | { readonly type: 'widgetRoot'; readonly widget: Json }
  | { readonly type: 'taskAdded'; readonly index: number; readonly task: Task; readonly raw: Json }
  | { readonly type: 'taskUpdated'; readonly index: number; readonly task: Task; readonly raw: Json }
  | {
      readonly type: 'image';
      readonly image: { readonly id: string; readonly url: string };
      /** 0..1; null if unknown. */
      readonly progress: number | null;
      readonly raw: Json;
    }
  | { readonly type: 'unknown'; readonly wireType: string | null; readonly problem: string | null };

/** The `problem` of data that is not even JSON; `raw` is then its text. */
export const notJson = 'not valid JSON';

/** An event as it arrived, for the event log. */
export interface ReceivedEvent {
  /** Since the request was sent; ms. */
  readonly at: number;
  /** Of its data, UTF-8. */
  readonly bytes: number;
  /** The exact JSON that was received; the text where it was not JSON. */
  readonly raw: Json;
  readonly event: StreamEvent;
  /** The type, where `raw` has none or has it elsewhere. */
  readonly type?: string;
  /** The `event:` line; absent where there is none, as in the protocol. */
  readonly eventName?: string;
  /** Rules of the protocol that the event violates; absent if there are none. */
  readonly rules?: readonly RuleId[];
}

/** Returns true if the event contains visible text of an assistant message or widget. */
export function hasVisibleText(event: StreamEvent): boolean {
  switch (event.type) {
    case 'itemAdded':
    case 'itemDone':
    case 'itemReplaced':
      return event.item.kind === 'assistant_message' && event.item.parts.some(({ text }) => text !== '');
    case 'itemUpdated': {
      const { update } = event;
      if (update.type === 'textDelta' || update.type === 'widgetText') return update.delta !== '';
      return (update.type === 'partAdded' || update.type === 'partDone') && update.part.text !== '';
    }
    default:
      return false;
  }
}

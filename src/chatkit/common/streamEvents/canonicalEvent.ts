/** An event in the form of the protocol (chatkit-api 5.6). Includes fields that the protocol does not define. */
export interface CanonicalEvent {
  readonly type: string;
  readonly [field: string]: unknown;
}

/** The meaning of a frame of a stream. `raw`: the parsed data, unchanged. `number`: number of the event, from 1. */
export type StreamOutcome =
  | { readonly kind: 'event'; readonly number: number; readonly event: CanonicalEvent; readonly raw: unknown }
  /** `thread.item.done` with only an id: the item is done without changes. */
  | { readonly kind: 'finishItem'; readonly number: number; readonly itemId: string; readonly raw: unknown }
  /** JSON that is no event. */
  | { readonly kind: 'noEvent'; readonly number: number; readonly raw: unknown }
  | { readonly kind: 'notJson'; readonly number: number; readonly text: string }
  /** The stream ended inside this event. */
  | { readonly kind: 'cutOff'; readonly text: string }
  | { readonly kind: 'endMarker' }
  | { readonly kind: 'keepAlive' };

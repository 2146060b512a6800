/** An event in the form of the protocol (chatkit-api 5.6). Fields that the protocol does not define are kept. */
export interface CanonicalEvent {
  readonly type: string;
  readonly [field: string]: unknown;
}

/** What a frame of a stream means. `raw`: the data as it was received, parsed; `number`: of the event, from 1. */
export type StreamOutcome =
  | { readonly kind: 'event'; readonly number: number; readonly event: CanonicalEvent; readonly raw: unknown }
  /** `thread.item.done` with an id alone: the item is done as it is. */
  | { readonly kind: 'finishItem'; readonly number: number; readonly itemId: string; readonly raw: unknown }
  /** JSON that is no event. */
  | { readonly kind: 'noEvent'; readonly number: number; readonly raw: unknown }
  | { readonly kind: 'notJson'; readonly number: number; readonly text: string }
  /** The stream ended inside this event. */
  | { readonly kind: 'cutOff'; readonly text: string }
  | { readonly kind: 'endMarker' }
  | { readonly kind: 'keepAlive' };

import type {
  ChatKitResponseOutputText,
  ChatKitThread,
  ChatKitThreadItemList,
  ChatSession,
  ThreadDeleteResponse,
} from 'openai/resources/beta/chatkit/threads';

// Types of the hosted API, derived from the official client, so that a response that it cannot read does not compile.

export type RestThread = ChatKitThread;
export type RestThreadStatus = ChatKitThread['status'];
export type RestItem = ChatKitThreadItemList['data'][number];
export type RestSession = ChatSession;
export type RestThreadDeleted = ThreadDeleteResponse;
export type RestAnnotation = ChatKitResponseOutputText['annotations'][number];

type Envelope = 'id' | 'object' | 'created_at' | 'thread_id';

/** An item without ID, time and thread. */
export type RestBody = RestItem extends infer Item ? (Item extends RestItem ? Omit<Item, Envelope> : never) : never;
export type RestBodyOf<Type extends RestItem['type']> = Extract<RestBody, { type: Type }>;

/** chatkit-api 1.5: all five keys, always. */
export interface RestList<T> {
  object: 'list';
  data: T[];
  first_id: string | null;
  last_id: string | null;
  has_more: boolean;
}

import type {
  ChatKitResponseOutputText,
  ChatKitThread,
  ChatKitThreadItemList,
  ChatSession,
  ThreadDeleteResponse,
} from 'openai/resources/beta/chatkit/threads';

// The words of the hosted API, taken from the official client's types, so that an answer it could not read does not compile.

export type RestThread = ChatKitThread;
export type RestThreadStatus = ChatKitThread['status'];
export type RestItem = ChatKitThreadItemList['data'][number];
export type RestSession = ChatSession;
export type RestThreadDeleted = ThreadDeleteResponse;
export type RestAnnotation = ChatKitResponseOutputText['annotations'][number];

type Envelope = 'id' | 'object' | 'created_at' | 'thread_id';

/** An item without what its place in a thread adds. */
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

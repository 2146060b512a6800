// What commands, links and documents name things by. Tree nodes satisfy these structurally.

export interface ConnectionRef {
  readonly connectionId: string;
}
export interface ThreadRef extends ConnectionRef {
  readonly threadId: string;
}
export interface ItemRef extends ThreadRef {
  readonly itemId: string;
}
export interface SessionRef extends ConnectionRef {
  readonly sessionId: string;
}

import { randomUUID } from 'node:crypto';

/** Stands where a thread's id will be, until the server has made the thread. No server gives out such ids. */
const prefix = 'new:';

export function newThreadId(): string {
  return `${prefix}${randomUUID()}`;
}

export function isNewThread(threadId: string): boolean {
  return threadId.startsWith(prefix);
}

import { randomUUID } from 'node:crypto';

/** Prefix of the placeholder id of a thread that the server has not created yet. Servers never use such ids. */
const prefix = 'new:';

export function newThreadId(): string {
  return `${prefix}${randomUUID()}`;
}

export function isNewThread(threadId: string): boolean {
  return threadId.startsWith(prefix);
}

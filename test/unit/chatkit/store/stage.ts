// One store before one made-up server, and what happened between them.
import assert from 'node:assert/strict';
import { isSourceError } from '../../../../src/chatkit/common/errors.ts';
import type { ErrorKind } from '../../../../src/chatkit/common/errors.ts';
import { createThreadStore } from '../../../../src/chatkit/common/store/threadStore.ts';
import type { StoreEvent, ThreadStore } from '../../../../src/chatkit/common/store/types.ts';
import { FakeServer, ids } from './fakeServer.ts';

export const signal = new AbortController().signal;
export let server: FakeServer;
export let store: ThreadStore;
let events: string[];
/** Items of a page; a case may change it. */
export const settings = { pageSize: 3 };

export function open(cursors: 'itemId' | 'opaque' = 'itemId'): void {
  server = new FakeServer();
  server.cursors = cursors;
  settings.pageSize = 3;
  store = createThreadStore(server, { pageSize: () => settings.pageSize, now: () => 1000 });
  events = [];
  store.on((event) => events.push(printEvent(event)));
}

function printEvent(event: StoreEvent): string {
  if (event.type === 'list' || event.type === 'capabilities') return event.type;
  if (event.type !== 'items') return `${event.type} ${event.threadId}`;
  const { change } = event;
  if (change.type === 'added') return `added ${change.at} ${ids(change.items)}`;
  if (change.type === 'changed') return `changed ${ids(change.items)}`;
  return change.type === 'removed' ? `removed ${change.itemIds.join(' ')}` : change.type;
}

/** What happened since the last call. */
export function takeEvents(): string[] {
  return events.splice(0);
}
export function takeRequests(): string[] {
  return server.requests.splice(0);
}

export function closeGate(): () => void {
  let openGate = (): void => undefined;
  server.gate = new Promise((resolve) => (openGate = resolve));
  return openGate;
}

export async function kindOf(promise: Promise<unknown>): Promise<ErrorKind | 'none'> {
  try {
    await promise;
    return 'none';
  } catch (error) {
    return isSourceError(error) ? error.kind : assert.fail(String(error));
  }
}

export const windows = (): string =>
  store
    .items('t1')
    .windows.map(({ items }) => ids(items))
    .join(' | ');

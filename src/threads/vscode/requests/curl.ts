import type { ItemRef } from '../../../chatkit/common/model/thread.ts';
import { wireId } from '../../../chatkit/common/store/itemWindows.ts';
import type { ThreadStore } from '../../../chatkit/common/store/types.ts';
import type { Order } from '../../../chatkit/common/threadSource.ts';
import { type Connection, envelopeOf, plainHeaders } from '../../../chatkit/common/connection.ts';
import { headerVariable, shellLiteral } from '../../../base/common/codeLiterals.ts';
import type { JsonObject } from '../../../base/common/json.ts';
import { parseAddress } from '../../../chatkit/node/openai/address.ts';

/**
 * Returns a request as a command for a POSIX shell. It contains no credentials: the key is read from `OPENAI_API_KEY`
 * (chatkit-api 1.2), each secret header of a server from a variable with the name of the header.
 */
export function curlOf(connection: Connection, request: RowRequest): string {
  const lines = connection.kind === 'openai' ? openAiLines(connection, request) : serverLines(connection, request);
  return lines.join(' \\\n  ');
}

/** The REST API (chatkit-api 1.3, 1.4). */
function openAiLines(connection: Connection, request: RowRequest): readonly string[] {
  const { url, organization, project, headers = [] } = connection;
  const address = parseAddress(url);
  const threads = ['chatkit', 'threads'];
  const operation = () => {
    switch (request.type) {
      case 'listThreads':
        return address.operation(threads, { ...queryOf(request.page), user: request.user ?? undefined });
      case 'getThread':
        return address.operation([...threads, request.threadId]);
      case 'listItems':
        return address.operation([...threads, request.threadId, 'items'], queryOf(request.page));
    }
  };
  return [
    `curl ${shellLiteral(operation())}`,
    '-H "Authorization: Bearer $OPENAI_API_KEY"',
    `-H ${shellLiteral('OpenAI-Beta: chatkit_beta=v1')}`,
    ...(organization === undefined ? [] : [`-H ${shellLiteral(`OpenAI-Organization: ${organization}`)}`]),
    ...(project === undefined ? [] : [`-H ${shellLiteral(`OpenAI-Project: ${project}`)}`]),
    ...plainLines(connection),
    ...headers.filter((name) => name !== 'authorization').map(secretLine),
  ];
}

/** The endpoint of a self-hosted server (chatkit-api 5.1). */
function serverLines(connection: Connection, request: RowRequest): readonly string[] {
  const { url, headers = [] } = connection;
  return [
    `curl ${shellLiteral(url)}`,
    `-H ${shellLiteral('Content-Type: application/json')}`,
    `-H ${shellLiteral('Accept: application/json')}`,
    ...plainLines(connection),
    ...headers.map(secretLine),
    `-d ${shellLiteral(JSON.stringify(envelopeOf(connection, commandOf(request))))}`,
  ];
}

function plainLines(connection: Connection): readonly string[] {
  return Object.entries(plainHeaders(connection)).map(([name, value]) => `-H ${shellLiteral(`${name}: ${value}`)}`);
}

function secretLine(name: string): string {
  return `-H ${shellLiteral(`${name}: `)}"$${headerVariable(name)}"`;
}

function commandOf(request: RowRequest): { readonly type: string; readonly params: JsonObject } {
  switch (request.type) {
    case 'listThreads':
      return { type: 'threads.list', params: queryOf(request.page) };
    case 'getThread':
      return { type: 'threads.get_by_id', params: { thread_id: request.threadId } };
    case 'listItems':
      return { type: 'items.list', params: { thread_id: request.threadId, ...queryOf(request.page) } };
  }
}

function queryOf({ limit, order, after }: RequestedPage) {
  return { limit, order, ...(after === null ? {} : { after }) };
}

/** A request that returns the content of a row. `after` null means from the start of the order. */
export type RowRequest =
  | { readonly type: 'listThreads'; readonly page: RequestedPage; readonly user: string | null }
  | { readonly type: 'getThread'; readonly threadId: string }
  | { readonly type: 'listItems'; readonly threadId: string; readonly page: RequestedPage };

interface RequestedPage {
  readonly limit: number;
  readonly order: Order;
  readonly after: string | null;
}

/**
 * Returns the requests for a row. Connection: its threads. Thread: the thread and its newest items. Item: a page that
 * contains only the item, or the newest page when cursors are opaque.
 */
export function requestsOf(
  { threadId, itemId }: Partial<ItemRef>,
  store: ThreadStore,
  { pageSize, cursors }: { readonly pageSize: number; readonly cursors: 'itemId' | 'opaque' },
): readonly RowRequest[] {
  if (threadId === undefined) {
    const { order, user } = store.list;
    return [{ type: 'listThreads', page: { limit: pageSize, order, after: null }, user }];
  }
  const newest: RowRequest = { type: 'listItems', threadId, page: { limit: pageSize, order: 'desc', after: null } };
  if (itemId === undefined) return [{ type: 'getThread', threadId }, newest];
  const singleItem = cursors === 'itemId' ? pageOf(itemId, threadId, store) : null;
  return [singleItem === null ? newest : { type: 'listItems', threadId, page: singleItem }];
}

/** Returns a page with one item, using a loaded neighbor as the cursor; null when no neighbor is loaded. */
function pageOf(itemId: string, threadId: string, store: ThreadStore): RequestedPage | null {
  const { windows, reachesStart, reachesEnd } = store.items(threadId);
  for (const [index, { items }] of windows.entries()) {
    const at = items.findIndex(({ id }) => id === itemId);
    if (at < 0) continue;
    const [before, after] = [items[at - 1], items[at + 1]];
    if (before !== undefined) return { limit: 1, order: 'asc', after: wireId(before) };
    if (after !== undefined) return { limit: 1, order: 'desc', after: wireId(after) };
    if (index === 0 && reachesStart) return { limit: 1, order: 'asc', after: null };
    if (index === windows.length - 1 && reachesEnd) return { limit: 1, order: 'desc', after: null };
  }
  return null;
}

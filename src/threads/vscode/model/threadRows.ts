import type { Thread } from '../../../chatkit/common/model/thread.ts';
import type { ThreadStore } from '../../../chatkit/common/store/types.ts';
import { type ThreadGroup, groupThreads, isFiltering, matchesFilter } from '../../common/filter.ts';
import { conditionOf } from '../../common/summary/waiting.ts';
import { threadLabel } from '../../common/summary/itemSummary.ts';
import { type GroupNode, type MessageNode, type RowCache, type RowMessage, type ThreadsNode, rowId } from './nodes.ts';
import type { ConnectionFilter, ViewPreferences } from './viewState.ts';

export interface ListView {
  readonly connectionId: string;
  readonly store: ThreadStore;
  readonly filter: ConnectionFilter;
  readonly preferences: ViewPreferences;
  readonly rows: RowCache;
}

/** Returns loaded threads that match the filter, in the order of the list. */
export function matchingThreads({ store, filter }: Pick<ListView, 'store' | 'filter'>): readonly Thread[] {
  const { threads, asOf } = store.list;
  // The loaded threads still belong to an earlier query.
  if (asOf === null) return [];
  if (!isFiltering(filter)) return threads;
  return threads.filter((thread) => {
    const label = threadLabel(thread, store.firstUserText(thread.id));
    const condition = filter.conditions.length === 0 ? null : conditionOf(store.items(thread.id));
    return matchesFilter(thread, { label, condition }, filter);
  });
}

/** Returns the rows of a connection: errors, the threads or their groups, then *Load More*. */
export function threadRows(view: ListView): readonly ThreadsNode[] {
  const { connectionId, preferences, rows } = view;
  const { error, errorAt, asOf } = view.store.list;
  const failed = (at: 'start' | 'end'): readonly MessageNode[] =>
    error === null || errorAt !== at ? [] : [messageNode(connectionId, { type: 'error', error, more: at === 'end' })];
  if (asOf === null) return failed('start');
  const threads = matchingThreads(view);
  const listed =
    preferences.grouping === 'none'
      ? threads.map(({ id }) => rows.thread({ connectionId, threadId: id }))
      : groupThreads(threads, preferences.grouping).map((group) => groupNode(view, group));
  return [
    ...failed('start'),
    ...(threads.length === 0 ? emptyMessage(view) : listed),
    ...failed('end'),
    ...(errorAt === 'end' ? [] : loadMoreRows(view)),
  ];
}

/** Returns the rows of a group. */
export function groupRows(view: ListView, { by, key }: GroupNode): readonly ThreadsNode[] {
  const group = groupThreads(matchingThreads(view), by).find((candidate) => candidate.key === key);
  return (group?.threads ?? []).map(({ id }) => view.rows.thread({ connectionId: view.connectionId, threadId: id }));
}

/** Returns the group that contains a thread; undefined when threads are not grouped. */
export function groupOf({ connectionId, preferences }: ListView, thread: Thread | undefined): GroupNode | undefined {
  const by = preferences.grouping;
  const group = by === 'none' || thread === undefined ? undefined : groupThreads([thread], by)[0];
  return by === 'none' || group === undefined ? undefined : newGroupNode(connectionId, by, group.key);
}

function groupNode({ connectionId, preferences }: ListView, { key }: ThreadGroup): GroupNode {
  return newGroupNode(connectionId, preferences.grouping === 'user' ? 'user' : 'day', key);
}

function newGroupNode(connectionId: string, by: GroupNode['by'], key: string | null): GroupNode {
  const id = rowId('group', connectionId, by, ...(key === null ? [] : [key]));
  return { type: 'group', id, connectionId, by, key };
}

function emptyMessage({ connectionId, store, filter }: ListView): readonly MessageNode[] {
  if (store.list.threads.length > 0) return [messageNode(connectionId, { type: 'noMatches' })];
  return [messageNode(connectionId, { type: filter.user === null ? 'noThreads' : 'noThreadsOfUser' })];
}

function loadMoreRows({ connectionId, store, rows }: ListView): readonly ThreadsNode[] {
  if (store.list.stopped) return [messageNode(connectionId, { type: 'repeatedPage' })];
  return store.list.hasMore ? [rows.loadMore({ connectionId })] : [];
}

function messageNode(connectionId: string, message: RowMessage): MessageNode {
  const part = message.type === 'error' && message.more ? 'moreError' : message.type;
  return { type: 'message', id: rowId('message', connectionId, '', part), connectionId, message };
}

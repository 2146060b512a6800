import type { ThreadItem } from '../model/item.ts';
import type { Thread } from '../model/thread.ts';
import { applyUpdate } from './applyUpdate.ts';
import type { ClientEffect, Notice, ProgressLine, StreamEvent, StreamFault } from './events.ts';

/** What a stream has said so far. */
export interface StreamState {
  /** As last created or updated by this stream; null before. */
  readonly thread: Thread | null;
  /** Every item that this stream brought or changed, in the order in which they first came. */
  readonly items: readonly ThreadItem[];
  /** Ids of items that are still being made. */
  readonly open: ReadonlySet<string>;
  /** Ids of items that the stream removed. */
  readonly removed: ReadonlySet<string>;
  readonly progress: ProgressLine | null;
  readonly notices: readonly Notice[];
  readonly effects: readonly ClientEffect[];
  readonly fault: StreamFault | null;
  /** Whether the server can be stopped in the middle; true unless it says otherwise. */
  readonly allowCancel: boolean;
}

export const emptyStream: StreamState = {
  thread: null,
  items: [],
  open: new Set(),
  removed: new Set(),
  progress: null,
  notices: [],
  effects: [],
  fault: null,
  allowCancel: true,
};

/**
 * The state after one more event (chatkit-api 5.6). Pure; gives the state itself where the event changes nothing.
 * `known`: looks up an item that was there before the stream, for a change of it.
 */
export function reduceStream(
  state: StreamState,
  event: StreamEvent,
  known: (itemId: string) => ThreadItem | undefined = () => undefined,
): StreamState {
  switch (event.type) {
    case 'itemUpdated': {
      const index = state.items.findLastIndex(({ id }) => id === event.itemId);
      const before = state.items[index] ?? known(event.itemId);
      if (before === undefined) return state;
      const after = applyUpdate(before, event.update);
      return after === before ? state : { ...state, items: put(state.items, index, after) };
    }
    case 'itemAdded':
    case 'itemDone':
    case 'itemReplaced':
      return withItem(state, event.item, event.type === 'itemAdded');
    case 'itemRemoved':
      return withoutItem(state, event.itemId);
    case 'threadCreated':
    case 'threadUpdated':
      return { ...state, thread: event.thread };
    case 'options':
      return { ...state, allowCancel: event.allowCancel };
    case 'progress':
      return { ...state, progress: { text: event.text, icon: event.icon } };
    case 'effect':
      return { ...state, effects: [...state.effects, { name: event.name, data: event.data }] };
    case 'notice': {
      const { level, message, title } = event;
      return { ...state, notices: [...state.notices, { level, message, title }] };
    }
    case 'error': {
      const { code, message, allowRetry } = event;
      return { ...state, fault: { code, message, allowRetry } };
    }
    case 'unknown':
      return state;
  }
}

/** The state after the stream's end, however it came: nothing is in the making any more, what came stays. */
export function endStream(state: StreamState): StreamState {
  return { ...state, open: new Set(), progress: null };
}

function put(items: readonly ThreadItem[], index: number, item: ThreadItem): readonly ThreadItem[] {
  return index < 0 ? [...items, item] : items.with(index, item);
}

function withItem(state: StreamState, item: ThreadItem, isOpen: boolean): StreamState {
  const index = state.items.findLastIndex(({ id }) => id === item.id);
  return {
    ...state,
    items: put(state.items, index, item),
    open: changed(state.open, item.id, isOpen),
    removed: changed(state.removed, item.id, false),
  };
}

function withoutItem(state: StreamState, itemId: string): StreamState {
  return {
    ...state,
    items: state.items.filter(({ id }) => id !== itemId),
    open: changed(state.open, itemId, false),
    removed: changed(state.removed, itemId, true),
  };
}

/** The set itself where nothing has to change. */
function changed(set: ReadonlySet<string>, id: string, member: boolean): ReadonlySet<string> {
  if (set.has(id) === member) return set;
  const copy = new Set(set);
  if (member) copy.add(id);
  else copy.delete(id);
  return copy;
}

import type { ThreadItem } from '../model/item.ts';
import type { StreamEvent } from './events.ts';

/** The items that an id can belong to. */
interface IdContext {
  /** An item of this stream, by its unique id. */
  readonly ofStream: (itemId: string) => ThreadItem | undefined;
  readonly isOpen: (itemId: string) => boolean;
  /** An item of the thread. */
  readonly known: (itemId: string) => ThreadItem | undefined;
}

/**
 * Gives the items of a stream unique ids where the server repeats an id: an item with the id of another one gets
 * `<id>#<created, ms>`, as in pages of items (`separateDuplicates`). Detects items whose id changes before they are done.
 */
export class StreamIds {
  /** Unique ids by the id that the server sends, where they differ. */
  readonly #unique = new Map<string, string>();
  /** Items that were done without having been added, in order. */
  readonly #unannounced: string[] = [];
  /** Items that only updates name so far. */
  readonly #onlyUpdated = new Set<string>();

  resolve(event: StreamEvent, context: IdContext): StreamEvent {
    switch (event.type) {
      case 'itemAdded':
      case 'itemDone': {
        const id = this.#idOf(event.item, event.type === 'itemAdded', context);
        if (event.type === 'itemDone' && context.ofStream(id) === undefined) this.#unannounced.push(id);
        this.#onlyUpdated.delete(id);
        return id === event.item.id ? event : { ...event, item: { ...event.item, id } };
      }
      case 'itemReplaced': {
        const id = this.#unique.get(event.item.id);
        return id === undefined ? event : { ...event, item: { ...event.item, id } };
      }
      case 'itemUpdated':
      case 'itemFinished':
      case 'itemRemoved': {
        const itemId = this.#unique.get(event.itemId);
        const id = itemId ?? event.itemId;
        const isNew = context.ofStream(id) === undefined && context.known(id) === undefined;
        if (event.type === 'itemUpdated' && isNew) this.#onlyUpdated.add(id);
        return itemId === undefined ? event : { ...event, itemId };
      }
      default:
        return event;
    }
  }

  /**
   * Ids of open items for which a later item of the same kind, with the same text, was done without being added, and of
   * those that only updates name where another item with their text is done: the updates had another id.
   */
  superseded(items: ReadonlyMap<string, ThreadItem>, open: ReadonlySet<string>): readonly string[] {
    const order = [...items.keys()];
    const candidates = this.#unannounced.flatMap((id) => items.get(id) ?? []);
    const done = [...items.values()].filter(({ id }) => !open.has(id));
    return [...open].filter((id) => {
      const item = items.get(id);
      if (item !== undefined && this.#onlyUpdated.has(id) && done.some((other) => isSameAnswer(item, other)))
        return true;
      const at = candidates.findIndex(
        (other) => item !== undefined && order.indexOf(other.id) > order.indexOf(id) && continues(item, other),
      );
      if (at >= 0) candidates.splice(at, 1);
      return at >= 0;
    });
  }

  #idOf(item: ThreadItem, isAdded: boolean, context: IdContext): string {
    const current = this.#unique.get(item.id) ?? item.id;
    const ofStream = context.ofStream(current);
    const isSame =
      ofStream === undefined
        ? isSameItem(context.known(current), item, isAdded)
        : context.isOpen(current) || (!isAdded && ofStream.createdAt === item.createdAt);
    if (isSame) return current;
    const id = freeId(`${item.id}#${item.createdAt ?? '?'}`, context);
    this.#unique.set(item.id, id);
    return id;
  }
}

/** Whether an item of a stream is an item that the thread contained before, with changes. */
function isSameItem(before: ThreadItem | undefined, item: ThreadItem, isAdded: boolean): boolean {
  if (before === undefined) return true;
  if (before.kind !== item.kind) return false;
  // An answer without a time that is added again in a later response is another answer.
  if (isAdded && item.kind === 'assistant_message' && item.createdAt === null) return false;
  if (before.createdAt === item.createdAt) return true;
  // A tool call, a form or a workflow can be completed in a later response; an answer cannot.
  return !isAdded && item.kind !== 'assistant_message' && item.kind !== 'user_message';
}

function freeId(id: string, { ofStream, known }: IdContext): string {
  const isTaken = (candidate: string): boolean => ofStream(candidate) !== undefined || known(candidate) !== undefined;
  let free = id;
  for (let n = 2; isTaken(free); n += 1) free = `${id}.${n}`;
  return free;
}

function answerText(item: ThreadItem): string {
  return item.kind === 'assistant_message' ? item.parts.map(({ text }) => text).join('') : '';
}

function isSameAnswer(item: ThreadItem, other: ThreadItem): boolean {
  return answerText(item) !== '' && answerText(item) === answerText(other);
}

/** Whether `done` can be the final form of `open`. */
function continues(open: ThreadItem, done: ThreadItem): boolean {
  if (open.kind !== done.kind || open.kind === 'user_message') return false;
  return open.kind !== 'assistant_message' || answerText(done).startsWith(answerText(open));
}

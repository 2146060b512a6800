import { keepNewest } from '../../base/common/lists.ts';
import type { Json } from '../../base/common/json.ts';
import type { ThreadItem, WidgetItem } from '../../chatkit/common/model/item.ts';
import type { ItemRef } from '../../chatkit/common/model/thread.ts';
import type { ResponseStream } from './responseStream.ts';

/** Two states of a widget. */
interface WidgetChange {
  readonly before: Json;
  readonly after: Json;
}

/** Widgets whose latest change is remembered; the oldest is forgotten first. */
const maxWidgets = 200;

/**
 * The latest change of each widget in this window: by an action, or while it streamed. A widget that was added by the
 * response is compared from its first state on.
 */
export class WidgetHistory {
  readonly #changes = new Map<string, WidgetChange>();

  /** Watches a response from its start. `items`: the items of its thread before it. */
  watch(
    response: Pick<ResponseStream, 'connectionId' | 'threadId' | 'state' | 'onDidReceive' | 'onDidEnd'>,
    items: readonly ThreadItem[],
  ): void {
    const before = new Map<string, WidgetItem>();
    for (const item of items) if (item.kind === 'widget') before.set(item.id, item);
    response.onDidReceive((received) => {
      for (const { event } of received) {
        if (event.type !== 'itemAdded' || event.item.kind !== 'widget') continue;
        if (!before.has(event.item.id)) before.set(event.item.id, event.item);
      }
    });
    response.onDidEnd(() => {
      for (const item of response.state.items) {
        const earlier = before.get(item.id);
        if (item.kind !== 'widget' || earlier === undefined || response.threadId === null) continue;
        const ref = { connectionId: response.connectionId, threadId: response.threadId, itemId: item.id };
        this.#add(ref, jsonOf(earlier), jsonOf(item));
      }
    });
  }

  find(ref: ItemRef): WidgetChange | undefined {
    return this.#changes.get(keyOf(ref));
  }

  #add(ref: ItemRef, before: Json, after: Json): void {
    if (JSON.stringify(before) === JSON.stringify(after)) return;
    this.#changes.delete(keyOf(ref));
    this.#changes.set(keyOf(ref), { before, after });
    keepNewest(this.#changes, maxWidgets);
  }
}

function jsonOf({ widget }: WidgetItem): Json {
  if (widget.form === 'absent') return null;
  return widget.form === 'invalid' ? widget.text : widget.value;
}

function keyOf({ connectionId, threadId, itemId }: ItemRef): string {
  return JSON.stringify([connectionId, threadId, itemId]);
}

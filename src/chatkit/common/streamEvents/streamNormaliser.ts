import { isRecord } from '../../../base/common/json.ts';
import { type ProblemReporter, type ReportHere, reportAt } from '../protocolProblems/problem.ts';
import { ruleIds } from '../protocolProblems/catalogue/ruleIds.ts';
import { parsedOrUndefined, withFields } from '../../../base/common/parseJson.ts';
import type { StreamFrame } from './frameReader.ts';
import { withItemType, withProtocolKeys } from '../wire/protocolNames.ts';
import {
  checkedUpdate,
  eventNameOf,
  faultsOfEvent,
  isEventType,
  isForeignError,
  isUntypedError,
  isUpdateType,
  itemTypeOfUpdate,
  normaliseError,
  updateNameOf,
  withParts,
} from './eventForms.ts';
import { type CanonicalEvent, changedFields, isSnapshot, textIds, wholeParts } from './eventItems.ts';
import { withEventType } from './eventPlaces.ts';
import { type ForeignText, endsForeignTurn, foreignMessage, foreignTextOf, objectsIn } from './foreignForms.ts';
import { type Marker, markerInJson, markerInText } from './markers.ts';

type Fields = Readonly<Record<string, unknown>>;

interface NormaliserOptions {
  /** Type of the command that opened the stream. */
  readonly command: string;
  /** The thread of the command; null for a new one. */
  readonly threadId: string | null;
  readonly reporter: ProblemReporter;
}

/**
 * Reads the frames of one stream as events of the protocol (chatkit-api 5.6, C.4, C.5), in any dialect, and reports
 * every deviation. Never throws, and drops nothing that is not an end marker or a keep-alive.
 */
export class StreamNormaliser {
  readonly #options: NormaliserOptions;
  /** The items that were added and are not done, by id. */
  readonly #open = new Map<string, Fields>();
  /** Answers whose text is sent in events of another API, by the id that these have. */
  readonly #foreign = new Map<string, string>();
  #number = 0;

  constructor(options: NormaliserOptions) {
    this.#options = options;
  }

  /** Number of events so far. */
  get count(): number {
    return this.#number;
  }

  read(frame: StreamFrame): readonly StreamOutcome[] {
    const { data, complete, form, dataLines, event, id, strayLine } = frame;
    // A helper that has no text for an exception.
    if (data.trim() === '') return event !== null && isErrorEvent({ type: event }) ? this.#takeText(frame) : [];
    const parsed = frame.parsed ?? parsedOrUndefined(data);
    if (parsed === undefined) return this.#takeText(frame);
    const report = this.#reportAt(this.#number + 1);
    if (!complete && form === 'sse') report(ruleIds.unterminatedEvent, {}, data);
    if (form === 'line') report(ruleIds.ndjson, {}, data);
    if (dataLines > 1) report(ruleIds.multilineData, {}, dataLines);
    if (id !== null) report(ruleIds.idField, {}, id);
    if (strayLine !== null) report(ruleIds.lineWithoutField, {}, strayLine.text);
    return this.#takeValue(parsed, event, 0);
  }

  /** The same for an event that was already parsed, such as a recorded one. How it was sent is not known. */
  takeParsed(value: unknown): readonly StreamOutcome[] {
    return this.#takeValue(value, null, 0);
  }

  #takeText({ data, complete, event, strayLine }: StreamFrame): readonly StreamOutcome[] {
    const report = this.#reportAt(this.#number + 1);
    const marker = markerInText(data, event);
    if (marker !== null) return this.#marker(marker, report, data);
    const objects = objectsIn(data);
    if (objects !== null) {
      report(ruleIds.framedTwice, {}, data);
      return objects.flatMap((object) => this.#takeValue(object, event, 1));
    }
    if (!complete) {
      report(ruleIds.unterminatedEvent, {}, data);
      return [{ kind: 'cutOff', text: data }];
    }
    report(strayLine === null ? ruleIds.invalidJsonEvent : ruleIds.lineWithoutField, {}, strayLine?.text ?? data);
    this.#number += 1;
    // A helper that writes the text of an exception into an event named `error`.
    if (event !== null && (event === 'error' || isForeignError(event))) {
      return [
        {
          kind: 'event',
          number: this.#number,
          event: normaliseError({ type: event, message: data }, report),
          raw: data,
        },
      ];
    }
    return [{ kind: 'notJson', number: this.#number, text: data }];
  }

  #marker(kind: Marker, report: ReportHere, data: unknown): readonly StreamOutcome[] {
    report(kind === 'endMarker' ? ruleIds.doneMarker : ruleIds.pingData, {}, data);
    return kind === 'endMarker' ? [...this.#finishedForeign(data), { kind }] : [{ kind }];
  }

  /** The answers of another API end with its response: nothing else announces it. */
  #finishedForeign(raw: unknown): readonly StreamOutcome[] {
    const open = [...this.#foreign.values()].filter((id) => this.#open.delete(id));
    return open.map((itemId) => ({ kind: 'finishItem', number: (this.#number += 1), itemId, raw }));
  }

  #takeValue(value: unknown, eventName: string | null, depth: number): readonly StreamOutcome[] {
    const report = this.#reportAt(this.#number + 1);
    const marker = markerInJson(value, eventName);
    if (marker !== null) return this.#marker(marker, report, value);
    if (typeof value === 'string' && depth < 2) {
      const inner = parsedOrUndefined(value);
      if (inner !== undefined) report(ruleIds.doubleEncodedEvent, {}, value);
      if (inner !== undefined) return this.#takeValue(inner, eventName, depth + 1);
    }
    if (Array.isArray(value) && depth < 2) {
      report(ruleIds.arrayOfEvents, {}, value);
      return value.flatMap((element: unknown) => this.#takeValue(element, eventName, depth + 1));
    }
    if (isRecord(value)) return this.#takeObject(value, eventName);
    report(ruleIds.eventWithoutType, {}, value);
    return [{ kind: 'noEvent', number: (this.#number += 1), raw: value }];
  }

  #takeObject(raw: Fields, eventName: string | null): readonly StreamOutcome[] {
    const report = this.#reportAt(this.#number + 1);
    const named = this.#withKeys(withEventType(withProtocolKeys(raw, report), eventName, report), report);
    const { type } = named;
    const name = typeof type === 'string' ? eventNameOf(type) : null;
    const foreign = name === null && !isErrorEvent(named) ? foreignTextOf(named) : null;
    if (foreign !== null) return this.#takeForeign(foreign, raw, report);
    const message = name === null ? foreignMessage(named) : null;
    if (message !== null) {
      report(ruleIds.wrappedEvent, { field: 'type' }, raw);
      return this.#takeObject({ type: 'thread.item.done', item: message }, null);
    }
    this.#number += 1;
    const number = this.#number;
    if (typeof type !== 'string') {
      if (isUntypedError(named))
        return [{ kind: 'event', number, event: normaliseError(withoutType(named), report), raw }];
      report(ruleIds.eventWithoutType, { field: 'type' }, raw);
      return [{ kind: 'noEvent', number, raw }];
    }
    if (isErrorEvent(named)) return [{ kind: 'event', number, event: normaliseError(named, report), raw }];
    const event = this.#withItemId(
      this.#withoutTopLevelUpdate(textIds(withFields(named, { type }), report), report),
      report,
    );
    const finished = this.#finished(event, report);
    if (finished !== null) return [{ kind: 'finishItem', number, itemId: finished, raw }];
    if (isSnapshot(event)) return [this.#takeSnapshot(event, raw, report)];
    const changed = this.#takeChanged(event, raw, report);
    if (changed !== null) return [changed];
    const whole = wholeParts(event);
    if (whole.length > 0) {
      report(ruleIds.invalidUpdate, { itemId: String(event['item_id']), field: 'update.type' }, raw);
      this.#number -= 1;
      return whole.map((part) => ({
        kind: 'event',
        number: (this.#number += 1),
        event: part,
        raw,
        isPartOfItem: true,
      }));
    }
    return [
      ...(endsForeignTurn(event.type) ? this.#finishedForeign(raw) : []),
      ...this.#replacedByOther(event, raw),
      { kind: 'event', number: this.#number, event: this.#checked(event, report), raw },
    ];
  }

  /** An update that contains the whole item: its state so far. */
  #takeSnapshot({ item, ...event }: CanonicalEvent, raw: unknown, report: ReportHere): StreamOutcome {
    const { id } = item as Fields;
    report(ruleIds.invalidEvent, { ...(typeof id === 'string' ? { itemId: id } : {}), field: 'update' }, item);
    const isOpen = typeof id === 'string' && this.#open.has(id);
    const type = isOpen ? 'thread.item.added' : 'thread.item.replaced';
    return { kind: 'event', number: this.#number, event: { ...event, item, type }, raw, isPartOfItem: isOpen };
  }

  /** An update with fields of the item, which the protocol does not have: the item with them. */
  #takeChanged(event: CanonicalEvent, raw: unknown, report: ReportHere): StreamOutcome | null {
    const { item_id: itemId, update } = event;
    const before = typeof itemId === 'string' ? this.#open.get(itemId) : undefined;
    const fields = before === undefined ? null : changedFields(event, before['type']);
    if (before === undefined || fields === null || typeof itemId !== 'string') return null;
    report(isRecord(update) ? ruleIds.unknownUpdate : ruleIds.invalidEvent, { itemId, field: 'update' }, raw);
    const item = { ...before, ...fields };
    this.#open.set(itemId, item);
    const added = { type: 'thread.item.added', item };
    return { kind: 'event', number: this.#number, event: added, raw, isPartOfItem: true };
  }

  /** The removal of an item that is replaced by one with another id. */
  #replacedByOther(
    { type, item, old_item_id: old, item_id: itemId }: CanonicalEvent,
    raw: unknown,
  ): readonly StreamOutcome[] {
    const before = typeof old === 'string' ? old : itemId;
    if (type !== 'thread.item.replaced' || typeof before !== 'string' || !isRecord(item) || item['id'] === before)
      return [];
    this.#reportAt(this.#number)(ruleIds.idChangedBeforeDone, { itemId: before, field: 'item.id' }, item['id']);
    this.#open.delete(before);
    const removed: StreamOutcome = {
      kind: 'event',
      number: this.#number,
      event: { type: 'thread.item.removed', item_id: before },
      raw,
    };
    this.#number += 1;
    return [removed];
  }

  /** Text of an answer in an event of another API: an answer of the thread, which the server never announces. */
  #takeForeign({ id, kind, text }: ForeignText, raw: unknown, report: ReportHere): readonly StreamOutcome[] {
    report(ruleIds.foreignText, { field: 'type' }, raw);
    const key = id ?? '';
    const isAnswer = (itemId: string | null | undefined): itemId is string =>
      typeof itemId === 'string' && this.#open.get(itemId)?.['type'] === 'assistant_message';
    const known = [id, this.#foreign.get(key), this.#onlyOpen('assistant_message')].find(isAnswer);
    const own = known ?? id ?? `answer-${Math.random().toString(36).slice(2, 10)}`;
    const outcome = (event: CanonicalEvent): StreamOutcome => ({
      kind: 'event',
      number: (this.#number += 1),
      event,
      raw,
      isPartOfItem: true,
    });
    const content = [{ type: 'output_text', text, annotations: [] }];
    const item = (parts: readonly unknown[]): Fields => ({ id: own, type: 'assistant_message', content: parts });
    if (kind === 'end') {
      this.#open.delete(own);
      return [{ kind: 'finishItem', number: (this.#number += 1), itemId: own, raw }];
    }
    if (kind === 'whole') {
      this.#open.delete(own);
      return [outcome({ type: 'thread.item.done', item: item(content) })];
    }
    if (known === undefined) {
      this.#open.set(own, item(content));
      this.#foreign.set(key, own);
      return [outcome({ type: 'thread.item.added', item: item(content) })];
    }
    const update = { type: 'assistant_message.content_part.text_delta', content_index: 0, delta: text };
    return [outcome({ type: 'thread.item.updated', item_id: own, update })];
  }

  /** The parts of an event in the form of the protocol: names in its case, and under the names it has for them. */
  #withKeys(event: Fields, report: ReportHere): Fields {
    const { type } = event;
    const name = typeof type === 'string' ? eventNameOf(type) : null;
    if (name !== null && name !== type) report(ruleIds.eventNameForm, { field: 'type' }, type);
    const named = withParts(name === null || name === type ? event : withFields(event, { type: name }), report);
    const { item, thread } = named;
    const parts = {
      item: withItemType(withProtocolKeys(item, report), report),
      thread: withProtocolKeys(thread, report),
    };
    if (parts.item === item && parts.thread === thread) return named;
    return withFields(named, {
      ...(isRecord(item) ? { item: parts.item } : {}),
      ...(isRecord(thread) ? { thread: parts.thread } : {}),
    });
  }

  #withoutTopLevelUpdate(event: CanonicalEvent, report: ReportHere): CanonicalEvent {
    if (!isUpdateType(event.type)) return event;
    report(ruleIds.topLevelUpdate, { field: 'type' }, event.type);
    const { item_id: named, ...update } = event;
    const itemId = typeof named === 'string' ? named : this.#onlyOpen(itemTypeOfUpdate(event.type));
    return itemId === null ? event : { type: 'thread.item.updated', item_id: itemId, update };
  }

  /** An update without an item is one of the only item that can take it. */
  #withItemId(event: CanonicalEvent, report: ReportHere): CanonicalEvent {
    const { type, item_id: itemId, update } = event;
    if (type !== 'thread.item.updated' || typeof itemId === 'string' || !isRecord(update)) return event;
    const name = typeof update['type'] === 'string' ? updateNameOf(update['type']) : null;
    const found = name === null ? null : this.#onlyOpen(itemTypeOfUpdate(name));
    if (found === null) return event;
    report(ruleIds.invalidEvent, { field: 'item_id' }, itemId);
    return { ...event, item_id: found };
  }

  /** The id of the one item of a type that is open; null where there are none or several. */
  #onlyOpen(itemType: string | null): string | null {
    const ids = [...this.#open].filter(([, { type }]) => type === itemType).map(([id]) => id);
    return ids.length === 1 ? (ids[0] ?? null) : null;
  }

  /** The id of an item that is done without being contained in the event; null for all other events. */
  #finished(event: CanonicalEvent, report: ReportHere): string | null {
    if (event.type !== 'thread.item.done') return null;
    const { item, item_id: itemId, id } = event;
    const found = isRecord(item)
      ? Object.keys(item).every((key) => key === 'id' || key === 'thread_id') && item['id']
      : [item, itemId, id].find((value) => typeof value === 'string');
    if (typeof found !== 'string') return null;
    report(ruleIds.doneWithoutItem, { field: 'item', itemId: found }, event);
    this.#open.delete(found);
    return found;
  }

  #checked(event: CanonicalEvent, report: ReportHere): CanonicalEvent {
    const { type, item, item_id: itemId, update } = event;
    const at = typeof itemId === 'string' ? { itemId } : {};
    if (!isEventType(type))
      report(isUpdateType(type) ? ruleIds.invalidUpdate : ruleIds.unknownEvent, { ...at, field: 'type' }, type);
    for (const field of faultsOfEvent(type, event)) report(ruleIds.invalidEvent, { ...at, field }, event[field]);
    if (isRecord(item) && typeof item['id'] === 'string') {
      if (type === 'thread.item.added') this.#open.set(item['id'], item);
      if (type === 'thread.item.done') this.#open.delete(item['id']);
    }
    return type === 'thread.item.updated' && isRecord(update)
      ? { ...event, update: checkedUpdate(update, at, report) }
      : event;
  }

  #reportAt(eventNumber: number): ReportHere {
    const { command, threadId, reporter } = this.#options;
    return reportAt(reporter, { command, eventNumber, ...(threadId === null ? {} : { threadId }) });
  }
}

function isErrorEvent({ type }: Fields): boolean {
  return typeof type === 'string' && (type === 'error' || isForeignError(type));
}

function withoutType({ type: _type, ...fields }: Fields): Fields {
  return fields;
}

/** The meaning of a frame of a stream. `raw`: the parsed data, unchanged. `number`: number of the event, from 1. */
export type StreamOutcome =
  | {
      readonly kind: 'event';
      readonly number: number;
      readonly event: CanonicalEvent;
      readonly raw: unknown;
      /** Not an event of the protocol, but a part of an item that it would announce. Its form is reported already. */
      readonly isPartOfItem?: boolean;
    }
  /** `thread.item.done` with only an id: the item is done without changes. */
  | { readonly kind: 'finishItem'; readonly number: number; readonly itemId: string; readonly raw: unknown }
  /** JSON that is no event. */
  | { readonly kind: 'noEvent'; readonly number: number; readonly raw: unknown }
  | { readonly kind: 'notJson'; readonly number: number; readonly text: string }
  /** The stream ended inside this event. */
  | { readonly kind: 'cutOff'; readonly text: string }
  | { readonly kind: 'endMarker' }
  | { readonly kind: 'keepAlive' };

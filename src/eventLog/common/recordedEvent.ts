import { isJsonObject, type Json } from '../../base/common/json.ts';
import type { ThreadItem } from '../../chatkit/common/model/item.ts';
import type { ItemUpdate, ReceivedEvent, StreamEvent } from '../../chatkit/common/stream/events.ts';
import { itemSummary } from '../../threads/common/summary/itemSummary.ts';
import { oneLine } from '../../base/common/plainText.ts';
import type { RecordedEvent } from './recordedResponse.ts';

/** Converts a received event to an entry of the log. All fields except `raw` are bounded in size. */
export function toRecordedEvent({ at, bytes, raw, event, type, eventName, rules }: ReceivedEvent): RecordedEvent {
  return {
    at,
    bytes,
    type: wireType(raw) ?? type?.slice(0, 200) ?? null,
    change: event.type === 'itemUpdated' && isJsonObject(raw) ? wireType(raw['update'] ?? null) : null,
    itemId: itemIdOf(event),
    text: spacedLine(textOf(event, raw)),
    problem: problemOf(event),
    ...(rules === undefined ? {} : { rules }),
    ...(eventName === undefined ? {} : { eventName: eventName.slice(0, 200) }),
    raw,
  };
}

/** Returns a text on one line. White space at its ends becomes a space, so that the texts of deltas can be joined. */
function spacedLine(text: string): string {
  const line = oneLine(text);
  if (line === '') return text === '' ? '' : ' ';
  return `${/^\s/.test(text) ? ' ' : ''}${line}${/\s$/.test(text) ? ' ' : ''}`;
}

function wireType(raw: Json): string | null {
  const type = isJsonObject(raw) ? raw['type'] : null;
  return typeof type === 'string' ? type.slice(0, 200) : null;
}

function itemIdOf(event: StreamEvent): string | null {
  switch (event.type) {
    case 'itemAdded':
    case 'itemDone':
    case 'itemReplaced':
      return event.item.id;
    case 'itemUpdated':
    case 'itemFinished':
    case 'itemRemoved':
      return event.itemId;
    default:
      return null;
  }
}

function problemOf(event: StreamEvent): string | null {
  if (event.type === 'unknown') return event.problem;
  if (event.type === 'itemUpdated') return event.update.type === 'unknown' ? event.update.problem : null;
  const isWhole = event.type === 'itemAdded' || event.type === 'itemDone' || event.type === 'itemReplaced';
  return isWhole && event.item.kind === 'unknown' ? event.item.problem : null;
}

function textOf(event: StreamEvent, raw: Json): string {
  switch (event.type) {
    case 'threadCreated':
    case 'threadUpdated':
      return event.thread.title ?? event.thread.id;
    case 'itemAdded':
    case 'itemDone':
    case 'itemReplaced':
      return textOfItem(event.item);
    case 'itemUpdated':
      return textOfUpdate(event.update);
    case 'itemFinished':
    case 'itemRemoved':
      return '';
    case 'options':
      return `allow_cancel: ${event.allowCancel}`;
    case 'progress':
      return event.text;
    case 'effect':
      return event.name;
    case 'notice':
      return event.title === null ? event.message : `${event.title}: ${event.message}`;
    case 'error':
      return event.message === null ? event.code : `${event.code}: ${event.message}`;
    case 'unknown':
      return typeof raw === 'string' ? raw.slice(0, 400) : '';
  }
}

/** Returns the summary of an item; empty for an empty message, which a tree row would describe as empty. */
function textOfItem(item: ThreadItem): string {
  if (item.kind === 'assistant_message' && item.parts.every(({ text }) => text === '')) return '';
  return itemSummary(item);
}

function textOfUpdate(update: ItemUpdate): string {
  switch (update.type) {
    case 'textDelta':
    case 'widgetText':
      return update.delta;
    case 'partAdded':
    case 'partDone':
      return update.part.text;
    case 'annotationAdded':
      return update.annotation.source.title ?? '';
    case 'taskAdded':
    case 'taskUpdated':
      return [update.task.title ?? update.task.content ?? '', update.task.progress ?? ''].filter(Boolean).join(' — ');
    case 'widgetComponent':
      return update.componentId;
    case 'image':
      return update.progress === null ? update.image.id : `${Math.round(update.progress * 100)} %`;
    case 'widgetRoot':
    case 'unknown':
      return '';
  }
}

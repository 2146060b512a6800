import { isRecord } from '../../../base/common/json.ts';
import { jsonInText, withFields } from '../../../base/common/parseJson.ts';
import { ruleIds } from '../protocolProblems/catalogue/ruleIds.ts';
import type { ReportHere } from '../protocolProblems/problem.ts';
import { withProtocolKeys } from '../wire/protocolNames.ts';
import { eventNameOf, isEventType, isForeignError } from './eventForms.ts';
import { isBareItem } from './foreignForms.ts';

// Where servers put the type and the fields of an event.

type Fields = Readonly<Record<string, unknown>>;

const wrappers = ['data', 'payload', 'event', 'body', 'result', 'message', 'chunk', 'value', 'response'];
const payloads = ['data', 'payload', 'body', 'value', 'params'];
/** Names that serialisers and hand-written servers have for the type. */
const typeKeys = ['event', 'event_type', 'eventType', '$type', '@type'];
/** These have another meaning in an event that has a type. */
const nameKeys = ['kind', 'name', 'object', 'action'];
const partNames = ['item', 'thread', 'update', 'item_id', 'itemId', 'stream_options', 'streamOptions'];

/** The fields of an event with its type, from where a dialect has them. Reports what differs. */
export function withEventType(raw: Fields, eventName: string | null, report: ReportHere): Fields {
  const inner = eventInside(raw) ?? namedElsewhere(raw);
  if (inner !== null) {
    report(inner.isWrapped ? ruleIds.wrappedEvent : ruleIds.eventNameForm, { field: inner.key }, raw);
    return inner.isWrapped ? withProtocolKeys(inner.event, report) : inner.event;
  }
  const { type, event, data } = raw;
  if (typeof type !== 'string' && typeof event === 'string' && event !== '') {
    report(isRecord(data) ? ruleIds.wrappedEvent : ruleIds.eventNameForm, { field: 'event' }, raw);
    if (!isRecord(data)) return withFields(raw, { type: event });
    const name = typeof data['type'] === 'string' && isEventType(data['type']) ? data['type'] : event;
    return withFields(data, { type: name });
  }
  if (isBareItem(raw)) {
    report(ruleIds.wrappedEvent, { field: 'type' }, raw);
    return { type: 'thread.item.done', item: raw };
  }
  if (eventName === null) return raw;
  if (typeof type === 'string' || eventName === 'message' || eventName === '') {
    report(ruleIds.eventField, {}, eventName);
    return raw;
  }
  report(ruleIds.typeInEventField, {}, eventName);
  return withFields(raw, { type: eventName });
}

interface FoundEvent {
  readonly key: string;
  readonly event: Fields;
  /** Its fields are in an object of their own. */
  readonly isWrapped: boolean;
}

/** The event inside an envelope: `{ data: { type … } }`, `{ type: 'message', data: '…' }`; null where there is none. */
function eventInside(raw: Fields): FoundEvent | null {
  const { type } = raw;
  if (typeof type === 'string' && (type === 'error' || isForeignError(type))) return null;
  const name = typeof type === 'string' ? eventNameOf(type) : null;
  if (name !== null) {
    // The data of an effect is the application's own.
    if (!name.startsWith('thread.') && name !== 'stream_options') return null;
    const key = ['data', 'payload'].find((name) => isRecord(raw[name]) && holdsParts(raw[name]));
    return key === undefined ? null : { key, event: withFields(raw[key] as Fields, { type }), isWrapped: true };
  }
  for (const key of wrappers) {
    const event = objectIn(raw[key]);
    if (event !== null && typeof event['type'] === 'string' && eventNameOf(event['type']) !== null) {
      return { key, event, isWrapped: true };
    }
  }
  return null;
}

/** An event of the protocol whose type has another name, with its fields beside it or in an object. */
function namedElsewhere(raw: Fields): FoundEvent | null {
  const { type } = raw;
  if (typeof type === 'string' && eventNameOf(type) !== null) return null;
  const keys = typeof type === 'string' ? typeKeys : [...typeKeys, ...nameKeys];
  const key = keys.find((name) => typeof raw[name] === 'string' && eventNameOf(raw[name]) !== null);
  if (key === undefined) return null;
  const named = { type: raw[key] };
  const payload = holdsParts(raw) ? undefined : payloads.map((name) => objectIn(raw[name])).find((one) => one !== null);
  if (payload) return { key, event: withFields(payload, named), isWrapped: true };
  return { key, event: withFields(raw, named), isWrapped: false };
}

function objectIn(value: unknown): Fields | null {
  const inner = jsonInText(value) ?? value;
  return isRecord(inner) ? inner : null;
}

function holdsParts(value: unknown): boolean {
  return isRecord(value) && partNames.some((name) => name in value);
}

import type { Fault } from './faults.ts';

type Loose = Record<string, unknown>;

/**
 * Returns the change that a fault makes to the body of the correct response; null for other kinds of faults.
 *
 * @param cursor the cursor of the request, or null
 */
export function faultChange(fault: Fault, cursor: string | null): ((body: Loose) => Loose) | null {
  switch (fault.kind) {
    case 'unknown_item':
      return firstElement((item) => ({ ...item, type: 'chatkit.hologram', hologram: { angle: 45 } }));
    case 'unprefixed_type':
      return everyElement((item) => ({ ...item, type: String(item['type']).replace(/^chatkit\./, '') }));
    case 'broken_item':
      return firstElement(({ id, object, type }) => ({ id, object, type, content: 'not a list' }));
    case 'malformed_widget':
      return everyElement((item) => ('widget' in item ? { ...item, widget: '{"type":"Card","children":[' } : item));
    case 'double_encoded':
      return everyElement((item) => mapKeys(item, ['widget', 'arguments', 'output'], (text) => JSON.stringify(text)));
    case 'missing_first_id':
      return ({ first_id: _first, ...rest }) => rest;
    case 'repeated_cursor':
      // A first page has no cursor to repeat.
      if (cursor === null) return (body) => body;
      return (body) => ({ ...body, has_more: true, ...('object' in body ? { last_id: cursor } : { after: cursor }) });
    case 'extra_fields':
      return (body) =>
        everyElement((item) => ({ ...item, added_later: true }))({ ...body, added_later: { since: 2027 } });
    case 'empty_secret':
      return (body) => ('client_secret' in body ? { ...body, client_secret: '' } : body);
    case 'oversized':
      return (body) => ({ ...body, padding: 'x'.repeat(fault.bytes) });
    default:
      return null;
  }
}

function everyElement(change: (element: Loose) => Loose): (body: Loose) => Loose {
  return (body) => (Array.isArray(body['data']) ? { ...body, data: body['data'].map(change) } : body);
}

function firstElement(change: (element: Loose) => Loose): (body: Loose) => Loose {
  return (body) =>
    Array.isArray(body['data'])
      ? { ...body, data: body['data'].map((element: Loose, index) => (index === 0 ? change(element) : element)) }
      : body;
}

function mapKeys(item: Loose, keys: readonly string[], change: (text: string) => string): Loose {
  return Object.fromEntries(
    Object.entries(item).map(([key, value]) => [
      key,
      keys.includes(key) && typeof value === 'string' ? change(value) : value,
    ]),
  );
}

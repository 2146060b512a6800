import { type JsonObject, isRecord } from '../../base/common/json.ts';
import { exactField } from '../../base/common/parseJson.ts';

/** The id of an element as text; null where it has none. Numbers are ids as well (chatkit-api C.2). */
export function idOf(element: unknown): string | null {
  const id = sentIdOf(element);
  return id === null ? null : String(id);
}

/** The id of an element as it was sent, with all its digits. */
export function sentIdOf(element: unknown): string | number | bigint | null {
  const id = isRecord(element) ? element['id'] : null;
  if (typeof id === 'number') return exactField(element as JsonObject, 'id') as number | bigint;
  return typeof id === 'string' && id !== '' ? id : null;
}

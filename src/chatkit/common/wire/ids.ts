import type { Json } from '../../../base/common/json.ts';
import { cutDeep } from '../../../base/common/parseJson.ts';

/**
 * Returns a generated ID for an element without one, so that it can be shown and found again. The same element gets the
 * same ID each time it is loaded.
 */
export function standInId(raw: Json): string {
  const text = JSON.stringify(cutDeep(raw));
  let hash = 0x811c9dc5; // FNV-1a
  for (let index = 0; index < text.length; index += 1) {
    hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193);
  }
  return `no-id-${(hash >>> 0).toString(16).padStart(8, '0')}`;
}

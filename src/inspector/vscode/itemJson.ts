import type { Json } from '../../base/common/json.ts';
import type { JsonText } from '../../base/common/json.ts';
import { maxJsonText } from '../common/inspectorItem.ts';

/** An item's exact JSON, pretty printed; only its first part when it is too large for a page. */
export function jsonForPage(raw: Json): JsonText {
  const text = JSON.stringify(raw, null, 2);
  const clipped = text.length > maxJsonText;
  return { text: clipped ? text.slice(0, maxJsonText / 10) : text, clipped, length: text.length };
}

import { SourceError } from '../../../chatkit/common/errors.ts';
import type { ThreadItem } from '../../../chatkit/common/model/item.ts';

/**
 * The widget of an item, pretty printed; as it was sent where that is no JSON.
 * @throws `SourceError` kind `notFound` when the item has none
 */
export function widgetJson(item: ThreadItem): string {
  const widget = item.kind === 'widget' ? item.widget : { form: 'absent' as const };
  if (widget.form === 'absent') throw new SourceError('notFound', 'The item has no widget.');
  return widget.form === 'invalid' ? widget.text : `${JSON.stringify(widget.value, null, 2)}\n`;
}

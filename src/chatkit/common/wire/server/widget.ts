import * as z from 'zod';
import { parseJsonText } from '../../../../base/common/parseJson.ts';
import type { WidgetItem } from '../../model/item.ts';
import { baseOf, itemBaseShape, type ItemContext } from '../itemBase.ts';

/** `widget` (chatkit-api 5.5): a real object here, but JSON text is read as well. */
export const widgetSchema = z.object({
  ...itemBaseShape,
  type: z.string(),
  widget: z.unknown().optional(),
  copy_text: z.string().nullish(),
});

export function toWidget(wire: z.output<typeof widgetSchema>, context: ItemContext): WidgetItem {
  return {
    kind: 'widget',
    ...baseOf(wire, context),
    widget: parseJsonText(wire.widget),
    copyText: wire.copy_text ?? null,
  };
}

import * as z from 'zod';
import { parseJsonText } from '../../../../base/common/parseJson.ts';
import type { WidgetItem } from '../../model/item.ts';
import { baseOf, itemBaseShape, type ItemContext } from '../itemBase.ts';

/** `ChatKitWidgetItem` (chatkit-api 4.3): `widget` is JSON text, but a bare object is read as well. */
export const widgetSchema = z.object({ ...itemBaseShape, type: z.string(), widget: z.unknown().optional() });

export function toWidget(wire: z.output<typeof widgetSchema>, context: ItemContext): WidgetItem {
  return { kind: 'widget', ...baseOf(wire, context), widget: parseJsonText(wire.widget), copyText: null };
}

import type { InspectorItem } from '../common/inspectorItem.ts';
import { kindView } from './items/kinds.ts';

/** Its first words, on one line: what a screen reader says of a row before one goes into it. */
export function summaryOf(item: InspectorItem): string {
  const text =
    kindView(item.kind)
      .texts(item)
      .find((part) => part.trim() !== '') ?? '';
  const line = text.slice(0, 400).replace(/\s+/g, ' ').trim();
  return line.length > 100 ? `${line.slice(0, 99)}…` : line;
}

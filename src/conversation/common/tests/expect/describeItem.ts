import type { ThreadItem } from '../../../../chatkit/common/model/item.ts';
import { itemSummary } from '../../../../threads/common/summary/itemSummary.ts';
import { oneLine } from '../../../../base/common/plainText.ts';
import type { ItemExpectation } from '../schema/itemSchema.ts';
import { describeText } from './matchText.ts';

/** An item within a sentence: `client_tool_call "get_location"`, `assistant_message "It ships…"`. */
export function describeItem(item: ThreadItem): string {
  if (item.kind === 'client_tool_call') return `${item.kind} "${item.name}"`;
  return `${item.kind} "${oneLine(itemSummary(item), 60)}"`;
}

/** An item for a diff: its kind and first words. */
export function itemLine(item: ThreadItem): string {
  return `${item.kind}: ${itemSummary(item)}`;
}

/** An expectation within a sentence: `client_tool_call named "get_location"`. */
export function describeExpectation(expected: ItemExpectation): string {
  const { kind } = expected;
  switch (kind) {
    case 'client_tool_call':
      return expected.name === undefined ? kind : `${kind} named ${describeText(expected.name)}`;
    case 'user_message':
    case 'assistant_message':
      return expected.text === undefined ? kind : `${kind} with ${describeText(expected.text)}`;
    case 'task':
      return expected.title === undefined ? kind : `${kind} with title ${describeText(expected.title)}`;
    default:
      return kind;
  }
}

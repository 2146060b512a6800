import type { ThreadItem } from '../../../../chatkit/common/model/item.ts';

const marks = new Set(['end_of_turn', 'hidden_context_item', 'sdk_hidden_context']);

/** A mark of the protocol that no user sees. It counts only where an expectation names its type. */
export function isMark(item: ThreadItem): boolean {
  return item.kind === 'unknown' && marks.has(item.wireType ?? '');
}

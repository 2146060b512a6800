import type { Json } from '../../../base/common/json.ts';
import type { ThreadItem } from '../../../chatkit/common/model/item.ts';
import type { Thread } from '../../../chatkit/common/model/thread.ts';
import type { ThreadItems } from '../../../chatkit/common/store/types.ts';

/** A thread and its loaded items as the server sent them, piece by piece. Says so where items are missing. */
export function* threadJsonParts(thread: Thread, items: ThreadItems): Generator<string> {
  const isComplete = items.reachesStart && items.reachesEnd && items.windows.length < 2;
  yield `{\n  "thread": ${indented(thread.raw, '  ')},\n`;
  if (!isComplete) yield '  "complete": false,\n';
  yield '  "items": [';
  let isFirst = true;
  for (const { items: run } of items.windows) {
    for (const { raw } of run) {
      yield `${isFirst ? '' : ','}\n    ${indented(raw, '    ')}`;
      isFirst = false;
    }
  }
  yield isFirst ? ']\n}\n' : '\n  ]\n}\n';
}

export function itemJson(item: ThreadItem): string {
  return `${JSON.stringify(item.raw, null, 2)}\n`;
}

function indented(value: Json, indent: string): string {
  return JSON.stringify(value, null, 2).replaceAll('\n', `\n${indent}`);
}

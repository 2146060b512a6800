import type { ThreadRef } from '../../domain/refs.ts';
import type { focusedRow } from '../../host/ids.ts';
import type { ThreadsParts } from './parts.ts';
import { pickThreads, type ThreadQuestion } from './pickThreads.ts';

/**
 * The threads that a command is about: of the rows it was opened on, focused or selected, else the ones the user picks.
 * Rows that are no threads are left out; each thread comes once. Empty when the user leaves.
 */
export async function targetThreads(
  { view, context }: ThreadsParts,
  row: ThreadRef | typeof focusedRow | undefined,
  rows: readonly ThreadRef[] | undefined,
  question: ThreadQuestion,
): Promise<readonly ThreadRef[]> {
  const targets = await view.targets(row, rows);
  const threads = targets.flatMap((target): readonly ThreadRef[] => {
    if ('type' in target && target.type !== 'thread') return [];
    return 'threadId' in target && target.threadId !== undefined
      ? [{ connectionId: target.connectionId, threadId: target.threadId }]
      : [];
  });
  if (threads.length > 0) return unique(threads);
  return row === undefined ? pickThreads(context, question) : [];
}

function unique(refs: readonly ThreadRef[]): readonly ThreadRef[] {
  return [...new Map(refs.map((ref) => [`${ref.connectionId}\n${ref.threadId}`, ref])).values()];
}

import { isRecord } from '../isRecord.ts';
import type { ReportHere } from '../protocolProblems/problem.ts';
import { ruleIds } from '../protocolProblems/catalogue/ruleIds.ts';
import type { CanonicalEvent } from './canonicalEvent.ts';

/** Ids of an event as text (chatkit-api C.2): numbers are converted and reported. */
export function textIds(event: CanonicalEvent, report: ReportHere): CanonicalEvent {
  const { item, thread } = event;
  const top = withTextIds(event, ['item_id', 'thread_id'], '', report);
  return {
    ...top,
    ...(isRecord(item) ? { item: withTextIds(item, ['id', 'thread_id'], 'item.', report) } : {}),
    ...(isRecord(thread) ? { thread: withTextIds(thread, ['id'], 'thread.', report) } : {}),
  };
}

function withTextIds<T extends Readonly<Record<string, unknown>>>(
  value: T,
  names: readonly string[],
  path: string,
  report: ReportHere,
): T {
  const numbers = names.filter((name) => typeof value[name] === 'number');
  if (numbers.length === 0) return value;
  for (const name of numbers) report(ruleIds.numericId, { field: `${path}${name}` }, value[name]);
  return { ...value, ...Object.fromEntries(numbers.map((name) => [name, String(value[name])])) };
}

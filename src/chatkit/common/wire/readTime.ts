import { ruleIds, type RuleId } from '../protocolProblems/catalogue/ruleIds.ts';
import { isFutureTime, parseServerTime } from '../times/serverTime.ts';
import type { Reading } from './reading.ts';

/** A creation time as the model has it. */
interface ReadTime {
  /** ms since the epoch; null where the server sent no readable time. */
  readonly createdAt: number | null;
  /** Set where the zone of the time is not certain. */
  readonly timeSource?: 'inferred' | 'assumedUtc';
}

/** These concern the server, not a single element. */
const aboutZone: ReadonlySet<RuleId> = new Set([ruleIds.timeAssumedUtc, ruleIds.timeZoneInferred]);

/** Reads the value of `created_at` of an element. Reports every deviation of it. */
export function readTime(value: unknown, { report, times, responseMs }: Reading, itemId?: string): ReadTime {
  const where = { field: 'created_at', ...(itemId === undefined ? {} : { itemId }) };
  if (value === undefined || value === null) {
    report(ruleIds.missingTime, where);
    return { createdAt: null };
  }
  const time = parseServerTime(value, times);
  if (time === null) {
    report(ruleIds.unreadableTime, where, value);
    return { createdAt: null };
  }
  for (const rule of time.deviations) report(rule, aboutZone.has(rule) ? { field: 'created_at' } : where, value);
  if (responseMs !== null && isFutureTime(time.ms, responseMs)) report(ruleIds.futureTime, where, value);
  const { source } = time;
  return source === 'inferred' || source === 'assumedUtc'
    ? { createdAt: time.ms, timeSource: source }
    : { createdAt: time.ms };
}

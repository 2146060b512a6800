import { ruleIds, type RuleId } from '../protocolProblems/catalogue/ruleIds.ts';
import { localOffsetAt, type NaiveZone } from './naiveZone.ts';
import { parseWrittenTime, type WrittenTime } from './wallTime.ts';

/** How sure a time is: `local` and `configured` apply a known zone, `inferred` and `assumedUtc` are marked. */
type TimeSource = 'exact' | 'local' | 'configured' | 'inferred' | 'assumedUtc';

interface ServerTime {
  /** Since the epoch, in whole ms. */
  readonly ms: number;
  readonly source: TimeSource;
  /** What the form of the value violates. */
  readonly deviations: readonly RuleId[];
}

export interface TimeContext {
  /** The form that the protocol requires: ISO text (self-hosted, 5.2) or Unix seconds (REST, 1.6). */
  readonly required: 'iso' | 'seconds';
  readonly naiveZone: NaiveZone;
  /** Offset of this machine's zone at a wall time; replaced in tests. */
  readonly localOffsetAt?: (wallMs: number) => number;
}

const maxMs = 8.64e15;
/** Seconds up to the year 5138; more can only be a smaller unit (and so on by a factor of 1000). */
const maxSeconds = 1e11;

/**
 * The time in a value of a server (chatkit-api 1.6, 5.2, C.3); null when the value is not a time in any known form,
 * which is `unreadableTime`, or `missingTime` where there is no value. Never throws.
 */
export function parseServerTime(value: unknown, context: TimeContext): ServerTime | null {
  if (typeof value === 'number') return fromNumber(value, context);
  if (typeof value !== 'string') return null;
  if (/^\s*-?\d{1,20}(?:\.\d{1,20})?\s*$/.test(value)) {
    const time = fromNumber(Number(value), context);
    return time === null ? null : { ...time, deviations: [ruleIds.numericTextTime] };
  }
  const written = parseWrittenTime(value);
  return written === null ? null : fromText(written, context);
}

/** The wall time of a value without a zone, as if it was UTC, in ms: for `inferZoneOffset`. Null for all other values. */
export function naiveWallTime(value: unknown): number | null {
  const written = typeof value === 'string' ? parseWrittenTime(value) : null;
  return written === null || written.offset !== null ? null : written.wallMs;
}

/** Clocks may differ by this without a time being in the future; ms. */
const futureToleranceMs = 120_000;

/** Whether a time lies after the response that contained it. `responseMs`: of the `Date` header, or of its arrival. */
export function isFutureTime(ms: number, responseMs: number): boolean {
  return ms - responseMs > futureToleranceMs;
}

function fromNumber(value: number, { required }: TimeContext): ServerTime | null {
  let ms = value * 1000;
  let isSeconds = true;
  for (let limit = maxSeconds, unit = 1000; Math.abs(value) >= limit && unit >= 1e-6; limit *= 1000) {
    unit /= 1000;
    ms = value * unit;
    isSeconds = false;
  }
  if (!Number.isFinite(ms) || Math.abs(ms) > maxMs) return null;
  const deviations = isSeconds ? (required === 'seconds' ? [] : [ruleIds.secondsTime]) : [ruleIds.millisecondsTime];
  return { ms: Math.round(ms), source: 'exact', deviations };
}

function fromText(written: WrittenTime, context: TimeContext): ServerTime | null {
  const { offset, source } = zoneOf(written, context);
  const ms = written.wallMs - offset * 60_000;
  if (!Number.isFinite(ms) || Math.abs(ms) > maxMs) return null;
  const deviations = [
    ...(context.required === 'seconds' ? [ruleIds.isoTimeInRest] : []),
    ...(written.form === 'text' ? [ruleIds.textTime] : []),
    ...(written.zoneAndZ ? [ruleIds.zoneAndZ] : []),
    ...(written.oddZone && !written.zoneAndZ ? [ruleIds.zoneForm] : []),
    ...(source === 'inferred' ? [ruleIds.timeZoneInferred] : []),
    ...(source === 'assumedUtc' ? [ruleIds.timeAssumedUtc] : []),
  ];
  return { ms, source, deviations };
}

function zoneOf(
  { wallMs, offset }: WrittenTime,
  { naiveZone, localOffsetAt: offsetAt = localOffsetAt }: TimeContext,
): { readonly offset: number; readonly source: TimeSource } {
  if (offset !== null) return { offset, source: 'exact' };
  switch (naiveZone.kind) {
    case 'local':
      return { offset: offsetAt(wallMs), source: 'local' };
    case 'offset':
      return { offset: naiveZone.minutes, source: naiveZone.from === 'setting' ? 'configured' : 'inferred' };
    case 'assumedUtc':
      return { offset: 0, source: 'assumedUtc' };
  }
}

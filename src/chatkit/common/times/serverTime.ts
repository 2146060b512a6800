import { type RuleId, ruleIds } from '../protocolProblems/catalogue/ruleIds.ts';
import { type NaiveZone, localOffsetAt } from './naiveZone.ts';

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

/** A time as it is written, before its zone is applied. */
interface WrittenTime {
  /** The wall time as if it was UTC, in ms. */
  readonly wallMs: number;
  /** Minutes east of UTC; null where no zone is written. */
  readonly offset: number | null;
  readonly form: 'iso' | 'text';
  /** `+00`, `UTC` or `GMT`: exact, but not of the form that ISO parsers accept. */
  readonly oddZone: boolean;
  /** Both an offset and `Z`. */
  readonly zoneAndZ: boolean;
}

const iso =
  /^(\d{4})-(\d{2})-(\d{2})[Tt ](\d{2}):(\d{2})(?::(\d{2})(?:[.,](\d{1,18}))?)?\s{0,4}(?:([+-])(\d{2})(?::?(\d{2}))?)?\s?(Z|UTC|GMT)?$/i;

const monthNames = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];
const zoneText = String.raw`(?:\s(?:(?:GMT|UTC|Z)?([+-])(\d{2}):?(\d{2})|GMT|UTC|Z))?(?:\s\([^()]{1,60}\))?`;
/** `Tue, 07 Oct 2025 12:02:00 GMT`, and the older form `Tuesday, 07-Oct-25 12:02:00 GMT`. */
const httpDate = new RegExp(
  String.raw`^(?:[a-z]{3,9},\s)?(\d{1,2})[\s-]([a-z]{3})[\s-](\d{4}|\d{2})\s(\d{2}):(\d{2}):(\d{2})${zoneText}$`,
  'i',
);
/** `Tue Oct 07 2025 12:02:00 GMT+0000 (Coordinated Universal Time)`, as `String(date)` writes it. */
const dateText = new RegExp(
  String.raw`^[a-z]{3}\s([a-z]{3})\s{1,2}(\d{1,2})\s(\d{4})\s(\d{2}):(\d{2}):(\d{2})${zoneText}$`,
  'i',
);

/** The longest text that can be a time. */
const maxLength = 100;

/** Reads a time that is written as text; null for anything else. */
function parseWrittenTime(input: string): WrittenTime | null {
  const text = input.trim();
  if (text.length > maxLength) return null;
  return parseIso(text) ?? parseHttpDate(text) ?? parseDateText(text);
}

function parseIso(text: string): WrittenTime | null {
  const parts = iso.exec(text);
  if (parts === null) return null;
  const [, year, month, day, hour, minute, second = '0', fraction = '', sign, zoneHour, zoneMinute, letters] = parts;
  const wallMs = wallOf(year, Number(month), day, hour, minute, second, fraction);
  const offset = sign === undefined ? null : offsetOf(sign, zoneHour, zoneMinute ?? '0');
  if (wallMs === null || (sign !== undefined && offset === null)) return null;
  const named = letters !== undefined && letters.toUpperCase() !== 'Z';
  return {
    wallMs,
    offset: offset ?? (letters === undefined ? null : 0),
    form: 'iso',
    oddZone: named || (sign !== undefined && zoneMinute === undefined),
    zoneAndZ: sign !== undefined && letters !== undefined,
  };
}

function parseHttpDate(text: string): WrittenTime | null {
  const parts = httpDate.exec(text);
  if (parts === null) return null;
  const [, day, month = '', year = '', hour, minute, second, sign, zoneHour, zoneMinute] = parts;
  // Two digits: the century that makes the year the nearest to the standard's own (RFC 9110, 5.6.7).
  const fullYear = year.length === 2 ? `${Number(year) < 70 ? '20' : '19'}${year}` : year;
  const wallMs = wallOf(fullYear, monthNames.indexOf(month.toLowerCase()) + 1, day, hour, minute, second, '');
  return textTime(wallMs, sign, zoneHour, zoneMinute);
}

function parseDateText(text: string): WrittenTime | null {
  const parts = dateText.exec(text);
  if (parts === null) return null;
  const [, month = '', day, year, hour, minute, second, sign, zoneHour, zoneMinute] = parts;
  const wallMs = wallOf(year, monthNames.indexOf(month.toLowerCase()) + 1, day, hour, minute, second, '');
  return textTime(wallMs, sign, zoneHour, zoneMinute);
}

/** Both forms without an offset are GMT (RFC 9110, 5.6.7). */
function textTime(
  wallMs: number | null,
  sign: string | undefined,
  zoneHour: string | undefined,
  zoneMinute: string | undefined,
): WrittenTime | null {
  const offset = sign === undefined ? 0 : offsetOf(sign, zoneHour, zoneMinute);
  if (wallMs === null || offset === null) return null;
  return { wallMs, offset, form: 'text', oddZone: false, zoneAndZ: false };
}

function offsetOf(sign: string, hour = '', minute = ''): number | null {
  const minutes = Number(hour) * 60 + Number(minute);
  if (Number(minute) > 59 || minutes > 18 * 60) return null;
  return sign === '-' && minutes > 0 ? -minutes : minutes;
}

function wallOf(year = '', month: number, day = '', hour = '', minute = '', second = '', fraction = ''): number | null {
  const [y, d, h, mi, s] = [year, day, hour, minute, second].map(Number) as [number, number, number, number, number];
  const isMidnight = h === 24 && mi === 0 && s === 0;
  if (month < 1 || month > 12 || d < 1 || d > daysIn(y, month) || (h > 23 && !isMidnight) || mi > 59 || s > 60)
    return null;
  // `Date` has milliseconds only, so microseconds are cut.
  const ms = Number(fraction.slice(0, 3).padEnd(3, '0'));
  const date = new Date(Date.UTC(2000, month - 1, d, h, mi, s, ms));
  // `Date.UTC` reads years below 100 as 19xx.
  return date.setUTCFullYear(y + date.getUTCFullYear() - 2000);
}

function daysIn(year: number, month: number): number {
  if (month === 2) return (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0 ? 29 : 28;
  return [4, 6, 9, 11].includes(month) ? 30 : 31;
}

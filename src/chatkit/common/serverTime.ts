import { type RuleId, ruleIds } from './protocolProblems/catalogue/ruleIds.ts';

/** Where times without a zone belong to. */
export type NaiveZone =
  /** The zone of this machine: the server runs on it. */
  | { readonly kind: 'local' }
  /** A fixed offset, east of UTC positive, in minutes. */
  | { readonly kind: 'offset'; readonly minutes: number; readonly from: 'setting' | 'inferred' }
  | { readonly kind: 'assumedUtc' };

export interface NaiveZoneFacts {
  /** The setting of the connection: `local`, an offset in minutes, or null for automatic. */
  readonly setting: 'local' | number | null;
  /** The server is on this machine (127.0.0.0/8, ::1, localhost). */
  readonly isLoopback: boolean;
  /** From `inferZoneOffset`; null where nothing was inferred. */
  readonly inferredMinutes: number | null;
}

/**
 * The zone of a server's naive times (chatkit-api 5.2: the reference library sends naive local times): the setting, else
 * the zone of this machine for loopback servers, else the inferred offset, else UTC.
 */
export function naiveZoneOf({ setting, isLoopback, inferredMinutes }: NaiveZoneFacts): NaiveZone {
  if (setting === 'local') return { kind: 'local' };
  if (setting !== null) return { kind: 'offset', minutes: setting, from: 'setting' };
  if (isLoopback) return { kind: 'local' };
  if (inferredMinutes !== null) return { kind: 'offset', minutes: inferredMinutes, from: 'inferred' };
  return { kind: 'assumedUtc' };
}

/**
 * The setting of a connection: `local`, `UTC`, or an offset such as `+09:00` or `-3`. Null for automatic, and for text
 * that is none of these.
 */
export function parseZoneSetting(text: string | undefined): NaiveZoneFacts['setting'] {
  const name = text?.trim().toLowerCase() ?? '';
  if (name === 'local') return 'local';
  if (name === 'utc' || name === 'z') return 0;
  const parts = /^(?:utc|gmt)?([+-])(\d{1,2})(?::?(\d{2}))?$/.exec(name);
  if (parts === null) return null;
  const [, sign, hours, minutes = '0'] = parts;
  const offset = Number(hours) * 60 + Number(minutes);
  if (Number(minutes) > 59 || offset > easternmost) return null;
  return sign === '-' ? -offset || 0 : offset;
}

/** Whether a host name or address is this machine. `hostname`: of a URL, IPv6 in brackets or not. */
export function isLoopbackHost(hostname: string): boolean {
  const host = hostname
    .toLowerCase()
    .replace(/^\[|\]$/g, '')
    .replace(/\.$/, '');
  if (host === '::1' || host === 'localhost' || host.endsWith('.localhost')) return true;
  return /^(?:::ffff:)?127(?:\.\d{1,3}){3}$/.test(host);
}

/**
 * The offset of this machine's zone at a wall time, in minutes east of UTC. `wallMs`: the wall time as if it was UTC, in
 * ms. A wall time that does not exist, or exists twice, is read as `Date` reads it.
 */
export function localOffsetAt(wallMs: number): number {
  const wall = new Date(wallMs);
  const local = new Date(
    wall.getUTCFullYear(),
    wall.getUTCMonth(),
    wall.getUTCDate(),
    wall.getUTCHours(),
    wall.getUTCMinutes(),
    wall.getUTCSeconds(),
    wall.getUTCMilliseconds(),
  );
  // Years below 100 are read as 19xx by the constructor.
  local.setFullYear(wall.getUTCFullYear(), wall.getUTCMonth(), wall.getUTCDate());
  return Math.round((wallMs - local.getTime()) / 60_000);
}

const westernmost = -12 * 60;
const easternmost = 14 * 60;
/** More than this beside a quarter of an hour is no offset, but an item that is not new, or a wrong clock; minutes. */
const maxResidue = 4;

/**
 * The offset of a server's naive times, in minutes east of UTC, rounded to a quarter of an hour; null where the two times
 * do not allow a conclusion.
 *
 * `wallMs`: the naive creation time of an item that the response has just created, as if it was UTC, in ms.
 * `responseMs`: time of the `Date` header of the response, in ms.
 */
export function inferZoneOffset(wallMs: number, responseMs: number): number | null {
  const minutes = (wallMs - responseMs) / 60_000;
  if (!Number.isFinite(minutes)) return null;
  const rounded = Math.round(minutes / 15) * 15;
  if (Math.abs(minutes - rounded) > maxResidue || rounded < westernmost || rounded > easternmost) return null;
  return rounded === 0 ? 0 : rounded;
}

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
  if (typeof value === 'object' && value !== null) return fromObject(value, context, 0);
  if (typeof value !== 'string') return null;
  const dotNet = /^\/Date\((-?\d{1,16})(?:[+-]\d{4})?\)\/$/.exec(value);
  if (dotNet !== null) return asText(fromNumber(Number(dotNet[1]), context));
  if (/^\s*-?\d{1,20}(?:\.\d{1,20})?\s*$/.test(value)) {
    const time = fromNumber(Number(value), context);
    return time === null ? null : { ...time, deviations: [ruleIds.numericTextTime] };
  }
  const written = parseWrittenTime(value);
  return written === null ? null : fromText(written, context);
}

const ofNumbers: ReadonlySet<RuleId> = new Set([
  ...[ruleIds.secondsTime, ruleIds.millisecondsTime, ruleIds.numericTextTime],
]);

/** A time in another form than a number or a text of its own. */
function asText(time: ServerTime | null): ServerTime | null {
  if (time === null) return null;
  const deviations = time.deviations.filter((rule) => !ofNumbers.has(rule) && rule !== ruleIds.textTime);
  return { ...time, deviations: [ruleIds.textTime, ...deviations] };
}

/** What databases and serialisers make of a time: `{ $date }`, `{ seconds, nanoseconds }`, `{ date, timezone }`, and a list from the year on. */
function fromObject(value: object, context: TimeContext, depth: number): ServerTime | null {
  if (depth > 2) return null;
  if (Array.isArray(value)) return asText(fromParts(value as readonly unknown[], context));
  const { $date, $numberLong, seconds, _seconds, date, timezone } = value as Readonly<Record<string, unknown>>;
  const inner = $date ?? $numberLong ?? seconds ?? _seconds ?? date;
  if (inner === undefined) return null;
  if (typeof inner === 'object' && inner !== null) return fromObject(inner, context, depth + 1);
  // A time of PHP has its zone beside it.
  const isUtc = inner === date && typeof date === 'string' && /^(?:UTC|Z|\+00:00)$/.test(String(timezone));
  return asText(parseServerTime(isUtc ? `${date}Z` : inner, context));
}

/** `[2026, 1, 2, 3, 4, 5, 678000000]`: a local time of Java. */
function fromParts(parts: readonly unknown[], context: TimeContext): ServerTime | null {
  if (parts.length < 5 || parts.length > 7 || !parts.every((part) => Number.isInteger(part))) return null;
  const [year, month, day, hour, minute, second = 0, nanoseconds = 0] = parts as readonly number[];
  const [mm, dd, h, m, s] = [month, day, hour, minute, second].map((part) => String(part).padStart(2, '0'));
  return parseServerTime(`${year}-${mm}-${dd}T${h}:${m}:${s}.${String(nanoseconds).padStart(9, '0')}`, context);
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
  // Go appends the reading of its monotonic clock.
  const text = input.trim().replace(/ m=[+-][\d.]{1,40}$/, '');
  if (text.length > maxLength) return null;
  return parseIso(text) ?? parseOtherIso(text) ?? parseHttpDate(text) ?? parseDateText(text);
}

/** ISO times in other forms: with the name of a zone, without separators, and with slashes. */
function parseOtherIso(text: string): WrittenTime | null {
  const basic = /^(\d{4})(\d{2})(\d{2})T(\d{2})(\d{2})(\d{2})(.*)$/.exec(text);
  const whole = (
    basic === null ? text : `${basic.slice(1, 4).join('-')}T${basic.slice(4, 7).join(':')}${basic[7] ?? ''}`
  )
    .replace(/\[[\w/+-]{1,60}\]$/, '')
    .replace(/^(\d{4})\/(\d{2})\/(\d{2})/, '$1-$2-$3');
  const written = whole === text ? null : parseIso(whole);
  return written === null ? null : { ...written, form: 'text' };
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

/** A time as it is written, before its zone is applied. */
export interface WrittenTime {
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
export function parseWrittenTime(input: string): WrittenTime | null {
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

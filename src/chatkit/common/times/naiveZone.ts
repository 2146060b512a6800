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

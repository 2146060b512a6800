/**
 * Returns a duration in at most two units, in symbols that need no translation: `350 ms`, `1.5 s`, `42 s`, `4 min 3 s`,
 * `2 h 5 min`, `3 d 4 h`. `ms` ≥ 0; `number` formats a number in the user's language. Used by the tree and the
 * inspector.
 */
export function durationText(ms: number, number: (value: number) => string): string {
  const of = (value: number, unit: string): string => `${number(value)}\u00a0${unit}`;
  const two = (value: number, unit: string, rest: number, smaller: string): string =>
    rest === 0 ? of(value, unit) : `${of(value, unit)} ${of(rest, smaller)}`;
  if (ms > 0 && ms < 1000) return of(Math.round(ms), 'ms');
  if (ms < 10_000) return of(Math.round(ms / 100) / 10, 's');
  const seconds = Math.round(ms / 1000);
  if (seconds < 60) return of(seconds, 's');
  if (seconds < 3600) return two(Math.floor(seconds / 60), 'min', seconds % 60, 's');
  const minutes = Math.round(seconds / 60);
  if (minutes < 1440) return two(Math.floor(minutes / 60), 'h', minutes % 60, 'min');
  const hours = Math.round(minutes / 60);
  return two(Math.floor(hours / 24), 'd', hours % 24, 'h');
}

/** Returns a duration for reports in plain text: without a language, with plain spaces, never less than 1 ms. */
export function reportedDuration(ms: number): string {
  return durationText(Math.max(1, Math.round(ms)), String).replaceAll('\u00A0', ' ');
}

/**
 * Returns how long something has been waiting, for texts that tick: whole seconds from `1 s` to `59 s`, then `4 min`,
 * `2 h 5 min`, `3 d 4 h`. Never less than a second, because the clocks of the server and of this machine can differ.
 */
export function waitingText(ms: number, number: (value: number) => string): string {
  const seconds = Math.max(1, Math.floor(ms / 1000));
  return durationText((seconds < 60 ? seconds : Math.floor(seconds / 60) * 60) * 1000, number);
}

/** Returns the ms until `waitingText` changes. */
export function untilNextWaitingText(ms: number): number {
  const step = ms < 60_000 ? 1_000 : 60_000;
  return step - (((ms % step) + step) % step);
}

/** Displayed time left: whole minutes, and tens of seconds in the last minute, so that rows change rarely. */
interface TimeLeft {
  readonly unit: 'minutes' | 'seconds';
  readonly value: number;
}

const minute = 60_000;

/** Rounds the time left (ms) up, so that a session is not shown as expired too early. */
export function timeLeft(ms: number): TimeLeft {
  return ms > minute
    ? { unit: 'minutes', value: Math.ceil(ms / minute) }
    : { unit: 'seconds', value: Math.max(0, Math.ceil(ms / 10_000) * 10) };
}

/** Returns the ms until the result of `timeLeft` changes; 0 when the session has expired. */
export function untilNextStep(ms: number): number {
  if (ms <= 0) return 0;
  const step = ms > minute ? minute : 10_000;
  return ms - (Math.ceil(ms / step) - 1) * step;
}

/** What is shown of the time left: whole minutes, and in the last minute tens of seconds, so that rows change seldom. */
export interface TimeLeft {
  readonly unit: 'minutes' | 'seconds';
  readonly value: number;
}

const minute = 60_000;

/** `ms` is the time left; rounded up, so that nothing is shown as over before it is. */
export function timeLeft(ms: number): TimeLeft {
  return ms > minute
    ? { unit: 'minutes', value: Math.ceil(ms / minute) }
    : { unit: 'seconds', value: Math.max(0, Math.ceil(ms / 10_000) * 10) };
}

/** ms until `timeLeft` shows something else; at 0 the session has ended. */
export function untilNextStep(ms: number): number {
  if (ms <= 0) return 0;
  const step = ms > minute ? minute : 10_000;
  return ms - (Math.ceil(ms / step) - 1) * step;
}

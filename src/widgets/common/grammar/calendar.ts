/** A calendar day without time or time zone. Months count from 1. */
export interface Day {
  readonly year: number;
  readonly month: number;
  readonly day: number;
}

/** Parses the day of an ISO date or datetime (`2026-01-31`, `2026-01-31T00:00:00`, `…Z`, `…+02:00`); undefined if invalid. */
export function parseDay(text: string): Day | undefined {
  const match = /^(\d{4})-(\d{2})-(\d{2})(?:[T ]\d{2}:\d{2}(?::\d{2}(?:\.\d{1,9})?)?(?:Z|[+-]\d{2}:?\d{2})?)?$/.exec(
    text.trim(),
  );
  if (!match) return undefined;
  const day = { year: Number(match[1]), month: Number(match[2]), day: Number(match[3]) };
  return day.month >= 1 && day.month <= 12 && day.day >= 1 && day.day <= daysInMonth(day.year, day.month)
    ? day
    : undefined;
}

/** `2026-01-31`. */
export function formatDay({ year, month, day }: Day): string {
  return `${String(year).padStart(4, '0')}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`;
}

function daysInMonth(year: number, month: number): number {
  return new Date(Date.UTC(year, month, 0)).getUTCDate();
}

/** Negative, 0 or positive if `a` is before, equal to or after `b`. */
export function compareDays(a: Day, b: Day): number {
  return a.year - b.year || a.month - b.month || a.day - b.day;
}

/** Returns the day that is `count` days later, or earlier if it is negative. */
export function addDays(day: Day, count: number): Day {
  return fromUtc(Date.UTC(day.year, day.month - 1, day.day + count));
}

/** The same day in another month, or the last day of that month if it is shorter. */
export function addMonths(day: Day, count: number): Day {
  const index = day.year * 12 + (day.month - 1) + count;
  const year = Math.floor(index / 12);
  const month = (index % 12) + 1;
  return { year, month, day: Math.min(day.day, daysInMonth(year, month)) };
}

/** The six weeks of a calendar page for the month of a day. `firstWeekday`: 1 is Monday, 7 is Sunday. */
export function monthWeeks(day: Day, firstWeekday: number): readonly (readonly Day[])[] {
  const first = { ...day, day: 1 };
  const weekday = new Date(Date.UTC(first.year, first.month - 1, 1)).getUTCDay();
  const start = addDays(first, -((weekday - (firstWeekday % 7) + 7) % 7));
  return Array.from({ length: 6 }, (_, week) =>
    Array.from({ length: 7 }, (__, index) => addDays(start, week * 7 + index)),
  );
}

function fromUtc(ms: number): Day {
  const date = new Date(ms);
  return { year: date.getUTCFullYear(), month: date.getUTCMonth() + 1, day: date.getUTCDate() };
}

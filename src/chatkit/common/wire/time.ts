const isoPattern = /^(\d{4}-\d{2}-\d{2})[T ](\d{2}:\d{2}(?::\d{2})?)(?:[.,](\d+))?\s*(Z|[+-]\d{2}:?\d{2})?$/i;
const maxMs = 8.64e15;

/**
 * Returns a received time in ms since the epoch; null if it cannot be read. Numbers are unix seconds (REST, chatkit-api
 * 1.6). Text is ISO 8601 with up to any number of decimals; without a zone it is read as UTC (self-hosted servers,
 * chatkit-api 5.2).
 */
export function timeToMs(value: unknown): number | null {
  if (typeof value === 'number') return withinDates(value * 1000);
  if (typeof value !== 'string') return null;
  const parts = isoPattern.exec(value.trim());
  if (parts === null) return null;
  const [, day, clock, fraction = '', zone = 'Z'] = parts;
  // `Date` promises milliseconds only, so microseconds are cut rather than left to the engine.
  const seconds = clock?.length === 5 ? `${clock}:00` : clock;
  const colonZone = zone.length === 5 ? `${zone.slice(0, 3)}:${zone.slice(3)}` : zone.toUpperCase();
  return withinDates(Date.parse(`${day}T${seconds}.${fraction.slice(0, 3).padEnd(3, '0')}${colonZone}`));
}

function withinDates(ms: number): number | null {
  return Number.isFinite(ms) && Math.abs(ms) <= maxMs ? Math.round(ms) : null;
}

import type { Day } from '../../common/grammar/calendar.ts';

/** Returns the language of the page, which is that of the editor. */
export function pageLanguage(): string {
  return document.documentElement.lang || navigator.language || 'en';
}

export function dayText(day: Day, options: Intl.DateTimeFormatOptions = { dateStyle: 'medium' }): string {
  return new Intl.DateTimeFormat(pageLanguage(), { ...options, timeZone: 'UTC' }).format(
    new Date(Date.UTC(day.year, day.month - 1, day.day)),
  );
}

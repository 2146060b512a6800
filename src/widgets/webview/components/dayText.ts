import type { Day } from '../../common/grammar/calendar.ts';

/** Returns the language of the page, which is that of the editor. */
export function pageLanguage(): string {
  return document.documentElement.lang || navigator.language || 'en';
}

/** Returns a day in a language (BCP 47). */
export function dayText(
  locale: string,
  day: Day,
  options: Intl.DateTimeFormatOptions = { dateStyle: 'medium' },
): string {
  return new Intl.DateTimeFormat(locale, { ...options, timeZone: 'UTC' }).format(
    new Date(Date.UTC(day.year, day.month - 1, day.day)),
  );
}

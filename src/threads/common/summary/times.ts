import { LocaleFormats } from '../../../base/common/localeFormats.ts';

const second = 1_000;
const minute = 60 * second;
const hour = 60 * minute;
const day = 24 * hour;

/** Units of an age, each with the smallest age in ms that uses it. */
const ageSteps: readonly (readonly [size: number, unit: Intl.RelativeTimeFormatUnit])[] = [
  [365 * day, 'year'],
  [30 * day, 'month'],
  [day, 'day'],
  [hour, 'hour'],
  [minute, 'minute'],
];

/** Ages, offsets and dates in the editor's language (a BCP 47 tag). Times in ms since the epoch. */
export class Times {
  readonly #formats: LocaleFormats<'date' | 'dateTime' | 'day'>;
  readonly #ages = new Map<'long' | 'narrow', Intl.RelativeTimeFormat>();

  /** `timeZone` defaults to the time zone of this machine. */
  constructor(locale: string, timeZone?: string) {
    const zone = timeZone === undefined ? {} : { timeZone };
    this.#formats = new LocaleFormats(locale, {
      date: { dateStyle: 'medium', ...zone },
      dateTime: { dateStyle: 'medium', timeStyle: 'medium', ...zone },
      day: { dateStyle: 'full', ...zone },
    });
  }

  /** `now`, `5 minutes ago`, `yesterday`, `3 months ago`. A time in the future (clocks can differ) is `now`. */
  age(then: number, now: number): string {
    return this.#ageIn('long', then, now);
  }

  /** The same for narrow rows: `now`, `5m ago`, `yesterday`, `3mo ago`. */
  shortAge(then: number, now: number): string {
    return this.#ageIn('narrow', then, now);
  }

  /** Time since the previous item: `+0.4 s`, `+2 min 5 s`; `−3 s` when items are not in chronological order. */
  offset(ms: number): string {
    return `${ms < 0 ? '\u2212' : '+'}${this.duration(Math.abs(ms))}`;
  }

  /** See `durationText`. */
  duration(ms: number): string {
    return this.#formats.duration(ms);
  }

  /** See `waitingText`. */
  waiting(ms: number): string {
    return this.#formats.waiting(ms);
  }

  /** `Nov 6, 2026` */
  date(ms: number): string {
    return this.#formats.date('date', ms);
  }

  /** `Nov 6, 2026, 2:03:10 PM` */
  dateTime(ms: number): string {
    return this.#formats.date('dateTime', ms);
  }

  /** `Friday, November 6, 2026` */
  day(ms: number): string {
    return this.#formats.date('day', ms);
  }

  #ageIn(style: 'long' | 'narrow', then: number, now: number): string {
    const elapsed = now - then;
    const [size, unit] = ageSteps.find(([min]) => elapsed >= min) ?? [minute, 'second'];
    const format =
      this.#ages.get(style) ?? new Intl.RelativeTimeFormat(this.#formats.locales, { numeric: 'auto', style });
    this.#ages.set(style, format);
    return format.format(unit === 'second' ? 0 : -Math.floor(elapsed / size), unit);
  }
}

import { durationText } from './duration.ts';

const second = 1_000;
const minute = 60 * second;
const hour = 60 * minute;
const day = 24 * hour;

/** From how many ms on an age is told in which unit. */
const ageSteps: readonly (readonly [size: number, unit: Intl.RelativeTimeFormatUnit])[] = [
  [365 * day, 'year'],
  [30 * day, 'month'],
  [day, 'day'],
  [hour, 'hour'],
  [minute, 'minute'],
];

const dateStyles = {
  date: { dateStyle: 'medium' },
  dateTime: { dateStyle: 'medium', timeStyle: 'medium' },
  day: { dateStyle: 'full' },
} as const satisfies Record<string, Intl.DateTimeFormatOptions>;
type DateStyle = keyof typeof dateStyles;

/** Ages, offsets and dates in the editor's language (a BCP 47 tag). Times in ms since the epoch. */
export class Times {
  readonly #locales: string[];
  readonly #timeZone: string | undefined;
  // Each is made when it is first needed: the editor's data on languages takes its time to load.
  #age: Intl.RelativeTimeFormat | undefined;
  #number: Intl.NumberFormat | undefined;
  readonly #dates = new Map<DateStyle, Intl.DateTimeFormat>();

  /** `timeZone` is the machine's unless given. */
  constructor(locale: string, timeZone?: string) {
    this.#locales = Intl.DateTimeFormat.supportedLocalesOf([locale]);
    this.#timeZone = timeZone;
  }

  /** `now`, `5 minutes ago`, `yesterday`, `3 months ago`. What lies ahead (clocks disagree) is `now`. */
  age(then: number, now: number): string {
    const passed = now - then;
    const [size, unit] = ageSteps.find(([from]) => passed >= from) ?? [minute, 'second'];
    this.#age ??= new Intl.RelativeTimeFormat(this.#locales, { numeric: 'auto', style: 'long' });
    return this.#age.format(unit === 'second' ? 0 : -Math.floor(passed / size), unit);
  }

  /** Time since the item before: `+0.4 s`, `+2 min 5 s`; `−3 s` where the order is not that of time. */
  offset(ms: number): string {
    return `${ms < 0 ? '\u2212' : '+'}${this.duration(Math.abs(ms))}`;
  }

  /** See `durationText`. */
  duration(ms: number): string {
    const format = (this.#number ??= new Intl.NumberFormat(this.#locales, { maximumFractionDigits: 1 }));
    return durationText(ms, (value) => format.format(value));
  }

  /** `Nov 6, 2026` */
  date(ms: number): string {
    return this.#format('date', ms);
  }

  /** `Nov 6, 2026, 2:03:10 PM` */
  dateTime(ms: number): string {
    return this.#format('dateTime', ms);
  }

  /** `Friday, November 6, 2026` */
  day(ms: number): string {
    return this.#format('day', ms);
  }

  #format(style: DateStyle, ms: number): string {
    let format = this.#dates.get(style);
    if (format === undefined) {
      const timeZone = this.#timeZone;
      format = new Intl.DateTimeFormat(this.#locales, { ...dateStyles[style], ...(timeZone && { timeZone }) });
      this.#dates.set(style, format);
    }
    return format.format(ms);
  }
}

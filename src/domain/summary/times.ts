type Unit = 'second' | 'minute' | 'hour' | 'day';

const second = 1_000;
const minute = 60 * second;
const hour = 60 * minute;
const day = 24 * hour;

/** Steps of an age: from how many ms on it is told in which unit. */
const ageSteps: readonly (readonly [from: number, unit: Intl.RelativeTimeFormatUnit, size: number])[] = [
  [365 * day, 'year', 365 * day],
  [30 * day, 'month', 30 * day],
  [day, 'day', day],
  [hour, 'hour', hour],
  [minute, 'minute', minute],
];

/** Ages, offsets and dates in the editor's language (a BCP 47 tag). Times in ms since the epoch, UTC. */
export class Times {
  readonly #age: Intl.RelativeTimeFormat;
  readonly #dateTime: Intl.DateTimeFormat;
  readonly #date: Intl.DateTimeFormat;
  readonly #day: Intl.DateTimeFormat;
  readonly #units: Readonly<Record<Unit, Intl.NumberFormat>>;

  /** `timeZone` is the machine's unless given. */
  constructor(locale: string, timeZone?: string) {
    const known = Intl.DateTimeFormat.supportedLocalesOf([locale]);
    const zone = timeZone === undefined ? {} : { timeZone };
    this.#age = new Intl.RelativeTimeFormat(known, { numeric: 'auto', style: 'long' });
    this.#date = new Intl.DateTimeFormat(known, { dateStyle: 'medium', ...zone });
    this.#dateTime = new Intl.DateTimeFormat(known, { dateStyle: 'medium', timeStyle: 'medium', ...zone });
    this.#day = new Intl.DateTimeFormat(known, {
      weekday: 'long',
      day: 'numeric',
      month: 'long',
      year: 'numeric',
      ...zone,
    });
    const unit = (name: Unit): Intl.NumberFormat =>
      new Intl.NumberFormat(known, { style: 'unit', unit: name, unitDisplay: 'short', maximumFractionDigits: 1 });
    this.#units = { second: unit('second'), minute: unit('minute'), hour: unit('hour'), day: unit('day') };
  }

  /** `now`, `5 minutes ago`, `yesterday`, `3 months ago`. What lies ahead (clocks disagree) is `now`. */
  age(then: number, now: number): string {
    const passed = now - then;
    const step = ageSteps.find(([from]) => passed >= from);
    return step === undefined
      ? this.#age.format(0, 'second')
      : this.#age.format(-Math.floor(passed / step[2]), step[1]);
  }

  /** Time since the item before: `+0.4 s`, `+5 s`, `+2 min 5 s`, `+3 hr`; `−3 s` where the order is not that of time. */
  offset(ms: number): string {
    return `${ms < 0 ? '\u2212' : '+'}${this.duration(Math.abs(ms))}`;
  }

  /** At most two units: `0.4 s`, `5 s`, `2 min 5 s`, `3 hr 20 min`, `2 days 3 hr`. `ms` ≥ 0. */
  duration(ms: number): string {
    if (ms < 10 * second) return this.#unit('second', Math.round(ms / 100) / 10);
    if (ms < minute) return this.#unit('second', Math.floor(ms / second));
    if (ms < hour) return this.#two('minute', Math.floor(ms / minute), 'second', Math.floor((ms % minute) / second));
    if (ms < day) return this.#two('hour', Math.floor(ms / hour), 'minute', Math.floor((ms % hour) / minute));
    return this.#two('day', Math.floor(ms / day), 'hour', Math.floor((ms % day) / hour));
  }

  /** `Nov 6, 2026` */
  date(ms: number): string {
    return this.#date.format(ms);
  }

  dateTime(ms: number): string {
    return this.#dateTime.format(ms);
  }

  /** `Friday, November 6, 2026` */
  day(ms: number): string {
    return this.#day.format(ms);
  }

  #two(large: Unit, count: number, small: Unit, rest: number): string {
    return rest === 0 ? this.#unit(large, count) : `${this.#unit(large, count)} ${this.#unit(small, rest)}`;
  }

  #unit(name: Unit, value: number): string {
    return this.#units[name].format(value);
  }
}

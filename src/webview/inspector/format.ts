/** Puts values into a text: `{0}`, `{1}`, … */
export function fill(template: string, ...values: readonly (string | number)[]): string {
  return template.replace(/\{(\d+)\}/g, (hole, index: string) => String(values[Number(index)] ?? hole));
}

const styles = {
  clock: { hour: '2-digit', minute: '2-digit', second: '2-digit', hourCycle: 'h23' },
  dateTime: { dateStyle: 'medium', timeStyle: 'short' },
  full: { dateStyle: 'full', timeStyle: 'long' },
} as const satisfies Record<string, Intl.DateTimeFormatOptions>;
type Style = keyof typeof styles;

/** Dates, times and numbers in the editor's language. What formats them is slow to make, and made at its first use. */
export class Formats {
  readonly #locales: string[];
  readonly #dates = new Map<Style, Intl.DateTimeFormat>();
  #number: Intl.NumberFormat | undefined;

  constructor(locale: string) {
    this.#locales = Intl.DateTimeFormat.supportedLocalesOf([locale]);
  }

  /** `14:03:10` */
  clock(ms: number): string {
    return this.#format('clock', ms);
  }

  /** `6 Nov 2026, 14:03` */
  dateTime(ms: number): string {
    return this.#format('dateTime', ms);
  }

  /** The whole of it, for tooltips. */
  full(ms: number): string {
    return this.#format('full', ms);
  }

  number(value: number): string {
    this.#number ??= new Intl.NumberFormat(this.#locales, { maximumFractionDigits: 1 });
    return this.#number.format(value);
  }

  /** `1,240 ms`: where times are compared. */
  milliseconds(ms: number): string {
    return `${this.number(Math.round(ms))}\u00a0ms`;
  }

  /** In the symbols of the SI, which need no translation, two at most: `350 ms`, `1.5 s`, `4 min 3 s`, `2 h 5 min`, `3 d 4 h`. */
  duration(ms: number): string {
    const of = (value: number, unit: string) => `${this.number(value)}\u00a0${unit}`;
    const two = (whole: string, rest: string, left: number) => (left === 0 ? whole : `${whole} ${rest}`);
    if (ms > 0 && ms < 1000) return of(Math.round(ms), 'ms');
    if (ms < 10_000) return of(Math.round(ms / 100) / 10, 's');
    const seconds = Math.round(ms / 1000);
    if (seconds < 60) return of(seconds, 's');
    if (seconds < 3600) return two(of(Math.floor(seconds / 60), 'min'), of(seconds % 60, 's'), seconds % 60);
    const minutes = Math.round(seconds / 60);
    if (minutes < 1440) return two(of(Math.floor(minutes / 60), 'h'), of(minutes % 60, 'min'), minutes % 60);
    const hours = Math.round(minutes / 60);
    return two(of(Math.floor(hours / 24), 'd'), of(hours % 24, 'h'), hours % 24);
  }

  #format(style: Style, ms: number): string {
    let format = this.#dates.get(style);
    if (format === undefined) {
      format = new Intl.DateTimeFormat(this.#locales, styles[style]);
      this.#dates.set(style, format);
    }
    return format.format(ms);
  }
}

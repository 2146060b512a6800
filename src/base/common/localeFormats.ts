/**
 * Formats dates in named styles, numbers and durations in the editor's language (a BCP 47 tag). Formatters are slow to
 * create because they load locale data, so each is created on first use. Times are in ms since the epoch.
 */
export class LocaleFormats<Style extends string> {
  /** The locales that the engine supports. Empty: the engine's default. */
  readonly locales: string[];
  readonly #styles: Readonly<Record<Style, Intl.DateTimeFormatOptions>>;
  readonly #dates = new Map<Style, Intl.DateTimeFormat>();
  readonly #fixed = new Map<number, Intl.NumberFormat>();
  #number: Intl.NumberFormat | undefined;

  constructor(locale: string, styles: Readonly<Record<Style, Intl.DateTimeFormatOptions>>) {
    this.locales = Intl.DateTimeFormat.supportedLocalesOf([locale]);
    this.#styles = styles;
  }

  date(style: Style, ms: number): string {
    const format = this.#dates.get(style) ?? new Intl.DateTimeFormat(this.locales, this.#styles[style]);
    this.#dates.set(style, format);
    return format.format(ms);
  }

  /** Formats a number with at most one decimal. */
  number(value: number): string {
    this.#number ??= new Intl.NumberFormat(this.locales, { maximumFractionDigits: 1 });
    return this.#number.format(value);
  }

  /** Formats a number with exactly this many decimals. */
  fixed(value: number, decimals: number): string {
    const known = this.#fixed.get(decimals);
    const format =
      known ??
      new Intl.NumberFormat(this.locales, { minimumFractionDigits: decimals, maximumFractionDigits: decimals });
    this.#fixed.set(decimals, format);
    return format.format(value);
  }

  /** See `durationText`. */
  duration(ms: number): string {
    return durationText(ms, (value) => this.number(value));
  }

  /** See `waitingText`. */
  waiting(ms: number): string {
    return waitingText(ms, (value) => this.number(value));
  }
}

/**
 * Returns a duration in at most two units, in symbols that need no translation: `350 ms`, `1.5 s`, `42 s`, `4 min 3 s`,
 * `2 h 5 min`, `3 d 4 h`. `ms` ≥ 0; `number` formats a number in the user's language. Used by the tree and the
 * inspector.
 */
export function durationText(ms: number, number: (value: number) => string): string {
  const of = (value: number, unit: string): string => `${number(value)}\u00a0${unit}`;
  const two = (value: number, unit: string, rest: number, smaller: string): string =>
    rest === 0 ? of(value, unit) : `${of(value, unit)} ${of(rest, smaller)}`;
  if (ms > 0 && ms < 1000) return of(Math.round(ms), 'ms');
  if (ms < 10_000) return of(Math.round(ms / 100) / 10, 's');
  const seconds = Math.round(ms / 1000);
  if (seconds < 60) return of(seconds, 's');
  if (seconds < 3600) return two(Math.floor(seconds / 60), 'min', seconds % 60, 's');
  const minutes = Math.round(seconds / 60);
  if (minutes < 1440) return two(Math.floor(minutes / 60), 'h', minutes % 60, 'min');
  const hours = Math.round(minutes / 60);
  return two(Math.floor(hours / 24), 'd', hours % 24, 'h');
}

/** Returns a duration for reports in plain text: without a language, with plain spaces, never less than 1 ms. */
export function reportedDuration(ms: number): string {
  return durationText(Math.max(1, Math.round(ms)), String).replaceAll('\u00A0', ' ');
}

/**
 * Returns how long something has been waiting, for texts that tick: whole seconds from `1 s` to `59 s`, then `4 min`,
 * `2 h 5 min`, `3 d 4 h`. Never less than a second, because the clocks of the server and of this machine can differ.
 */
export function waitingText(ms: number, number: (value: number) => string): string {
  const seconds = Math.max(1, Math.floor(ms / 1000));
  return durationText((seconds < 60 ? seconds : Math.floor(seconds / 60) * 60) * 1000, number);
}

/** Returns the ms until `waitingText` changes. */
export function untilNextWaitingText(ms: number): number {
  const step = ms < 60_000 ? 1_000 : 60_000;
  return step - (((ms % step) + step) % step);
}

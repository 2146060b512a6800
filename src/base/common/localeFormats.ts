import { durationText, waitingText } from './duration.ts';

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

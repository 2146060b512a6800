import { durationText } from './duration.ts';

/**
 * Dates in named styles, numbers and durations in the editor's language (a BCP 47 tag). What formats them is slow to make,
 * since data on the language is loaded for it: each is made at its first use. Times in ms since the epoch.
 */
export class LocaleFormats<Style extends string> {
  /** Those of the tag that the engine knows; none: its own. */
  readonly locales: string[];
  readonly #styles: Readonly<Record<Style, Intl.DateTimeFormatOptions>>;
  readonly #dates = new Map<Style, Intl.DateTimeFormat>();
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

  /** With one decimal at most. */
  number(value: number): string {
    this.#number ??= new Intl.NumberFormat(this.locales, { maximumFractionDigits: 1 });
    return this.#number.format(value);
  }

  /** See `durationText`. */
  duration(ms: number): string {
    return durationText(ms, (value) => this.number(value));
  }
}

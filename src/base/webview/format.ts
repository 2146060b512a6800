import * as l10n from '@vscode/l10n';
import { LocaleFormats } from '../common/localeFormats.ts';

/** Dates, times and numbers in the editor's language. */
export class Formats {
  readonly #formats: LocaleFormats<'clock' | 'dateTime' | 'full'>;

  constructor(locale: string) {
    this.#formats = new LocaleFormats(locale, {
      clock: { timeStyle: 'medium' },
      dateTime: { dateStyle: 'medium', timeStyle: 'short' },
      full: { dateStyle: 'full', timeStyle: 'long' },
    });
  }

  /** `2:03:10 PM`, `14:03:10` */
  clock(ms: number): string {
    return this.#formats.date('clock', ms);
  }

  /** `Nov 6, 2026, 2:03 PM` */
  dateTime(ms: number): string {
    return this.#formats.date('dateTime', ms);
  }

  /** The whole of it, for tooltips. */
  full(ms: number): string {
    return this.#formats.date('full', ms);
  }

  number(value: number): string {
    return this.#formats.number(value);
  }

  /** `1,240 ms`: where times are compared. */
  milliseconds(ms: number): string {
    return `${this.number(Math.round(ms))}\u00a0ms`;
  }

  /** `1.240 s`: where times are compared in a column. */
  seconds(ms: number): string {
    return `${this.#formats.fixed(ms / 1000, 3)}\u00a0s`;
  }

  /** `12.3 KB`: 1 KB is 1,000 bytes. */
  bytes(count: number): string {
    return count < 1000 ? l10n.t('{0} bytes', this.number(count)) : `${this.#formats.fixed(count / 1000, 1)}\u00a0KB`;
  }

  /** See `durationText`. */
  duration(ms: number): string {
    return this.#formats.duration(ms);
  }

  /**
   * Two durations that are compared, `–` for one that is unknown. Zero has the unit of the other: `1 ms` and `0 ms`, because
   * `0 s` would look like more than `1 ms`.
   */
  durationPair(left: number | null, right: number | null): readonly [string, string] {
    const text = (ms: number | null, other: number | null): string => {
      if (ms === null) return '–';
      return ms === 0 && other !== null && other > 0 && other < 1000 ? this.milliseconds(0) : this.duration(ms);
    };
    return [text(left, right), text(right, left)];
  }

  /** See `waitingText`. */
  waiting(ms: number): string {
    return this.#formats.waiting(ms);
  }
}

import { exactJson, withNumbersOf } from '../../base/common/parseJson.ts';
import { type Json, isJsonObject } from '../../base/common/json.ts';
import { visible } from '../../base/common/plainText.ts';
import { exactRedactor } from '../../base/common/redact.ts';
import type { ReportedError } from './errors.ts';

interface OutputOptions {
  /** Prints JSON for programs instead of text for people. */
  readonly json: boolean;
  readonly stdout: NodeJS.WriteStream;
  readonly stderr: NodeJS.WriteStream;
  readonly env: NodeJS.ProcessEnv;
}

const styles = { bold: 1, dim: 2, red: 31, green: 32, yellow: 33, cyan: 36 } as const;
export type Style = keyof typeof styles;

/** Everything that a command prints. Known secrets are removed from it. */
export class Output {
  readonly isJson: boolean;
  readonly #stdout: NodeJS.WriteStream;
  readonly #stderr: NodeJS.WriteStream;
  readonly #hasColor: boolean;
  #redact: (text: string) => string = (text) => text;
  #secrets: readonly string[] = [];
  #isClosed = false;

  constructor({ json, stdout, stderr, env }: OutputOptions) {
    this.isJson = json;
    this.#stdout = stdout;
    this.#stderr = stderr;
    const isPlain = (env['NO_COLOR'] ?? '') !== '' || env['TERM'] === 'dumb';
    this.#hasColor = stdout.isTTY && !isPlain;
    for (const stream of [stdout, stderr]) {
      stream.on('error', (error: NodeJS.ErrnoException) => {
        // The reader has seen enough, such as `head`. What is left to do is done without printing.
        if (error.code !== 'EPIPE' && error.code !== 'ERR_STREAM_DESTROYED') throw error;
        if (stream === stdout) this.#isClosed = true;
      });
    }
  }

  /** Whether the reader of the output is gone. Commands that only read stop then. */
  get isClosed(): boolean {
    return this.#isClosed;
  }

  get hasColor(): boolean {
    return this.#hasColor;
  }

  /**
   * Writes rows as aligned columns, clipped to the width of a terminal. Cells must be single lines. `widths`: at least so
   * many columns for each cell; returns the widths, so that further rows can be aligned with these.
   */
  async table(
    rows: readonly (readonly string[])[],
    cellStyles: readonly (Style | null)[] = [],
    widths: readonly number[] = [],
  ): Promise<readonly number[]> {
    // Some terminals do not report their width, or 0.
    const columns = this.#stdout.isTTY && this.#stdout.columns > 0 ? this.#stdout.columns : null;
    const all = rows.map((row) => row.map((cell) => this.#redact(cell)));
    const found = [...widths];
    for (const row of all) {
      for (const [index, cell] of row.entries()) found[index] = Math.max(found[index] ?? 0, widthOf(cell));
    }
    const lines = all.map((row) =>
      lineOf(row, found, columns)
        .map((cell, index) => (cellStyles[index] == null ? cell : this.paint(cellStyles[index], cell)))
        .join('')
        .trimEnd(),
    );
    await this.writeRedacted(lines.map((line) => `${line}\n`).join(''));
    return found;
  }

  /** Adds values that are never printed. */
  hide(secrets: Iterable<string>): void {
    this.#secrets = [...this.#secrets, ...secrets];
    this.#redact = exactRedactor(this.#secrets);
  }

  redact(text: string): string {
    return this.#redact(text);
  }

  /** Writes text to standard output. Resolves when it is handed over, so that a slow reader slows the command. */
  write(text: string): Promise<void> {
    return this.writeRedacted(this.#redact(text));
  }

  /** Writes text from which secrets are already removed. */
  writeRedacted(text: string): Promise<void> {
    if (this.#isClosed || text === '') return Promise.resolve();
    return new Promise((resolve) => this.#stdout.write(text, () => resolve()));
  }

  line(text = ''): Promise<void> {
    return this.write(`${text}\n`);
  }

  /** One JSON document. */
  json(value: Json): Promise<void> {
    return this.writeRedacted(`${exactJson(this.#clean(value), 2)}\n`);
  }

  /** One line of NDJSON. */
  jsonLine(value: Json): Promise<void> {
    return this.writeRedacted(`${exactJson(this.#clean(value))}\n`);
  }

  /** A remark for people, on standard error. Not printed with `--json`. */
  note(text: string): void {
    if (!this.isJson) this.#stderr.write(`${visible(this.#redact(text))}\n`);
  }

  error({ kind, message, nextStep, ...details }: ReportedError): void {
    const clean = { kind, message: this.#redact(message), nextStep: this.#redact(nextStep) };
    const oneLine = clean.message.replace(/\s+/g, ' ').trim();
    this.#stderr.write(
      this.isJson
        ? `${JSON.stringify({ error: { ...clean, ...details } })}\n`
        : `error: ${kind}: ${visible(oneLine)} (${visible(clean.nextStep)})\n`,
    );
  }

  paint(style: Style, text: string): string {
    return this.#hasColor ? `\u001B[${styles[style]}m${text}\u001B[0m` : text;
  }

  /** Resolves when everything that was written has reached the system. */
  async flush(): Promise<void> {
    await Promise.all(
      [this.#stdout, this.#stderr].map(
        (stream) => new Promise<void>((resolve) => (stream.writable ? stream.write('', () => resolve()) : resolve())),
      ),
    );
  }

  #clean(value: Json): Json {
    return this.#secrets.length === 0 ? value : this.#cleanDeep(value);
  }

  #cleanDeep(value: Json): Json {
    if (typeof value === 'string') return this.#redact(value);
    if (Array.isArray(value))
      return withNumbersOf(
        value,
        (value as readonly Json[]).map((inner) => this.#cleanDeep(inner)),
      );
    if (!isJsonObject(value)) return value;
    const entries = Object.entries(value).map(([key, inner]) => [this.#redact(key), this.#cleanDeep(inner)] as const);
    return withNumbersOf(value, Object.fromEntries(entries));
  }
}

/** Columns of a text with its padding and its style. */
function lineOf(row: readonly string[], widths: readonly number[], columns: number | null): readonly string[] {
  let left = columns ?? Infinity;
  return row.map((cell, index) => {
    const isLast = index === row.length - 1;
    const padded = isLast ? cell : cell + ' '.repeat(Math.max(0, (widths[index] ?? 0) - widthOf(cell)) + 2);
    const shown = clipped(padded, Math.max(0, left));
    left -= widthOf(padded);
    return shown;
  });
}

const wide =
  /[\u1100-\u115f\u2e80-\u303e\u3041-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6]|\p{Emoji_Presentation}/u;
let segmenter: Intl.Segmenter | undefined;

/** Columns that a text takes in a terminal. */
function widthOf(text: string): number {
  if (/^[\x20-\x7e]*$/.test(text)) return text.length;
  segmenter ??= new Intl.Segmenter(undefined, { granularity: 'grapheme' });
  let width = 0;
  for (const { segment } of segmenter.segment(text)) width += wide.test(segment) ? 2 : 1;
  return width;
}

function clipped(text: string, columns: number): string {
  if (columns === Infinity || widthOf(text) <= columns) return text;
  if (columns === 0) return '';
  segmenter ??= new Intl.Segmenter(undefined, { granularity: 'grapheme' });
  let kept = '';
  let width = 1;
  for (const { segment } of segmenter.segment(text)) {
    width += wide.test(segment) ? 2 : 1;
    if (width > columns) break;
    kept += segment;
  }
  return `${kept}…`;
}

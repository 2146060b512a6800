import { append } from '../../base/common/lists.ts';
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
  #failure: Error | null = null;

  constructor({ json, stdout, stderr, env }: OutputOptions) {
    this.isJson = json;
    this.#stdout = stdout;
    this.#stderr = stderr;
    this.#hasColor = wantsColor(stdout.isTTY, env);
    for (const stream of [stdout, stderr]) {
      stream.on('error', (error: NodeJS.ErrnoException) => {
        if (stream !== stdout) return;
        // The reader, such as `head`, has closed the pipe. The rest of the work is done without printing.
        this.#isClosed = true;
        if (error.code !== 'EPIPE' && error.code !== 'ERR_STREAM_DESTROYED') this.#failure ??= error;
      });
    }
  }

  /** Whether the reader of the output is gone. Commands that only read stop then. */
  get isClosed(): boolean {
    return this.#isClosed;
  }

  /** Why standard output cannot be written, such as a full disk; null where it can, and for a reader that is gone. */
  get failure(): Error | null {
    return this.#failure;
  }

  get hasColor(): boolean {
    return this.#hasColor;
  }

  /**
   * Writes rows as aligned columns, clipped to the width of a terminal; where less than `minLast` columns remain for the last
   * cell, each row takes several lines. Cells must be single lines. `widths`: the columns of each cell, of which longer
   * cells take more; default: the longest cell of each column. Returns the widths.
   */
  async table(
    rows: readonly (readonly string[])[],
    cellStyles: readonly (Style | null)[] = [],
    widths?: readonly number[],
  ): Promise<readonly number[]> {
    // Some terminals do not report their width, or 0.
    const columns = this.#stdout.isTTY && this.#stdout.columns > 0 ? this.#stdout.columns : null;
    const all = rows.map((row) => row.map((cell) => this.#redact(cell)));
    const found: readonly number[] = widths ?? longest(all);
    const before = found.slice(0, -1).reduce((sum, width) => sum + width + 2, 0);
    const isNarrow = columns !== null && columns - before < minLast;
    const lines = all.map((row) =>
      (isNarrow ? wrappedRow(row, columns) : lineOf(row, found, columns))
        .map((cell, index) => this.#painted(cell, cellStyles[index] ?? null))
        .join('')
        .trimEnd(),
    );
    await this.writeRedacted(lines.map((line) => `${line}\n`).join(''));
    return found;
  }

  /** A table whose rows arrive in parts and have one layout. */
  rows(cellStyles: readonly (Style | null)[]): TableRows {
    let held: (readonly string[])[] = [];
    let widths: readonly number[] | undefined;
    const write = async (): Promise<void> => {
      if (held.length > 0) widths = await this.table(held, cellStyles, widths);
      held = [];
    };
    return {
      add: async (rows) => {
        append(held, rows);
        if (widths !== undefined || held.length >= maxHeld) await write();
      },
      end: write,
    };
  }

  /** A cell in its style; the padding around its text has none. */
  #painted(cell: string, style: Style | null): string {
    const text = cell.trim();
    if (style === null || text === '') return cell;
    const start = cell.length - cell.trimStart().length;
    return `${cell.slice(0, start)}${this.paint(style, text)}${cell.slice(start + text.length)}`;
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

/** Rows of a table that arrive in parts, such as the pages of a list. */
interface TableRows {
  /** The first rows are held, because they decide the widths of the columns. */
  add(rows: readonly (readonly string[])[]): Promise<void>;
  /** Writes the rows that are held. */
  end(): Promise<void>;
}

/** Number of rows that decide the layout of a table. */
const maxHeld = 200;

/** Columns of the longest cell of each column. */
function longest(rows: readonly (readonly string[])[]): readonly number[] {
  const found: number[] = [];
  for (const row of rows) {
    for (const [index, cell] of row.entries()) found[index] = Math.max(found[index] ?? 0, widthOf(cell));
  }
  return found;
}

/** Columns that the last cell of a table needs. */
const minLast = 6;

/** `FORCE_COLOR` counts more than `NO_COLOR`, as in Node. */
function wantsColor(isTerminal: boolean, env: NodeJS.ProcessEnv): boolean {
  const forced = env['FORCE_COLOR'] ?? '';
  if (forced !== '') return forced !== '0' && forced !== 'false';
  return isTerminal && (env['NO_COLOR'] ?? '') === '' && env['TERM'] !== 'dumb';
}

/** A row whose cells continue on further lines. The first cell is whole, because it may be copied. */
function wrappedRow(row: readonly string[], columns: number): readonly string[] {
  let used = 0;
  return row.map((cell, index) => {
    if (cell === '') return '';
    const width = widthOf(cell);
    if (index === 0) {
      used = width;
      return cell;
    }
    const isNewLine = used + 2 + width > columns;
    const shown = clipped(cell, Math.max(1, columns - 2));
    used = isNewLine ? 2 + widthOf(shown) : used + 2 + width;
    return `${isNewLine ? '\n' : ''}  ${shown}`;
  });
}

/** Columns of a text with its padding. */
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

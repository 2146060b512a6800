/** One event of a stream, before its data is read. */
export interface StreamFrame {
  readonly data: string;
  /** The parsed `data`, where it was parsed before. */
  readonly parsed?: unknown;
  /** The `event:` field; null where there is none. */
  readonly event: string | null;
  /** The `id:` field; null where there is none. */
  readonly id: string | null;
  /** `sse`: from `data:` lines. `line`: a line of JSON without a field name (NDJSON). */
  readonly form: 'sse' | 'line';
  /** Number of `data:` lines. */
  readonly dataLines: number;
  /** Number of its first line, from 1. */
  readonly line: number;
  /** False for what the stream ended with, without the empty line (or line break) that completes an event. */
  readonly complete: boolean;
  /** The first line inside the event that has no known field name, and its number; null where there is none. */
  readonly strayLine: { readonly line: number; readonly text: string } | null;
}

/** A line outside of an event that is neither a comment nor a field. */
export interface StrayLine {
  readonly line: number;
  /** At most 200 characters. */
  readonly text: string;
}

export interface FrameReaderOptions {
  /** Maximum length of an event, in characters. */
  readonly maxEventLength?: number;
  readonly onStrayLine?: (stray: StrayLine) => void;
  /** Lines without a field name are never data: as an event source reads them. */
  readonly isStrict?: boolean;
}

const fieldPattern = /^(data|event|id|retry)(?::[ ]?|$)/;
/** Data in a line that no event source reads: in capitals, indented, or as the bytes of Python. */
const misspeltData = /^(?:b['"])?\s{0,8}data\s?:\s{0,8}(?=["[{])/i;
const lineBreak = /[\r\n]/g;
const maxStrayLength = 200;

/**
 * Splits text into the frames of server-sent events (chatkit-api 5.1), regardless of chunk boundaries: CR, LF and CRLF
 * line breaks, several `data:` lines, comments, and a byte order mark. Lines of JSON without a field name (NDJSON) are
 * frames as well. The work is linear in the length of the text.
 */
export class FrameReader {
  readonly #options: FrameReaderOptions;
  readonly #maxLength: number;
  #frames: StreamFrame[] = [];
  /** Start of a line that is not complete. */
  #rest: string[] = [];
  #restLength = 0;
  /** The last character was CR: an LF that follows belongs to it. */
  #skipLineFeed = false;
  #isStart = true;
  #line = 0;
  #event = emptyEvent();
  #overflow = false;

  constructor(options: FrameReaderOptions = {}) {
    this.#options = options;
    this.#maxLength = options.maxEventLength ?? 64 * 1024 * 1024;
  }

  /** An event was longer than the limit and was dropped. */
  get overflow(): boolean {
    return this.#overflow;
  }

  /** Takes the next part of the text; returns the frames that it completes. */
  push(text: string): readonly StreamFrame[] {
    let start = 0;
    if (this.#isStart && text !== '') {
      this.#isStart = false;
      if (text.startsWith('\uFEFF')) start = 1;
    }
    if (this.#skipLineFeed && text.length > start) {
      if (text[start] === '\n') start += 1;
      this.#skipLineFeed = false;
    }
    for (;;) {
      lineBreak.lastIndex = start;
      const found = lineBreak.exec(text);
      if (found === null) break;
      const end = found.index;
      this.#takeLine(this.#join(text.slice(start, end)));
      start = end + 1;
      if (text[end] !== '\r') continue;
      if (start === text.length) this.#skipLineFeed = true;
      else if (text[start] === '\n') start += 1;
    }
    this.#keep(text.slice(start));
    return this.#take();
  }

  /** The end of the text; returns what it ends with, marked as incomplete. */
  end(): readonly StreamFrame[] {
    if (this.#restLength > 0) this.#takeLine(this.#join(''), false);
    this.#dispatch(false);
    return this.#take();
  }

  #take(): readonly StreamFrame[] {
    const frames = this.#frames;
    this.#frames = [];
    return frames;
  }

  #keep(text: string): void {
    if (text === '') return;
    this.#restLength += text.length;
    if (this.#restLength > this.#maxLength) this.#overflow = true;
    else this.#rest.push(text);
  }

  #join(end: string): string {
    if (this.#restLength === 0) return end;
    const line = this.#restLength > this.#maxLength ? '' : this.#rest.join('') + end;
    this.#rest = [];
    this.#restLength = 0;
    return line;
  }

  #takeLine(line: string, complete = true): void {
    this.#line += 1;
    if (line === '') return this.#dispatch(true);
    if (line.startsWith(':')) return; // a comment, which keeps the connection open
    const field = fieldPattern.exec(line);
    if (field === null) return this.#takeOther(line, complete);
    this.#takeField(line, field);
  }

  #takeField(line: string, field: RegExpExecArray): void {
    const event = this.#event;
    event.line ??= this.#line;
    const value = line.slice(field[0].length);
    if (field[1] === 'data') {
      // Without empty lines between them, events would be one text that cannot be read.
      if (value.startsWith('{') && isObjectText(event.data)) {
        this.#dispatch(false);
        this.#event.line = this.#line;
      }
      this.#addData(value);
    } else if (field[1] === 'event') event.event = value;
    else if (field[1] === 'id') event.id = value;
  }

  #addData(value: string): void {
    const event = this.#event;
    event.length += value.length + 1;
    if (event.length > this.#maxLength) {
      this.#overflow = true;
      event.data.length = 0;
    } else {
      event.data.push(value);
    }
  }

  #takeOther(text: string, complete: boolean): void {
    const stray = { line: this.#line, text: text.slice(0, maxStrayLength) };
    const misspelt = this.#options.isStrict === true ? null : misspeltData.exec(text);
    if (misspelt !== null) {
      if (this.#event.data.length > 0) this.#dispatch(false);
      this.#event.line ??= this.#line;
      this.#event.stray = stray;
      return this.#addData(text.slice(misspelt[0].length));
    }
    const event = this.#event;
    if (event.data.length > 0) {
      event.stray ??= stray;
      event.length += text.length;
      if (event.length <= this.#maxLength) event.others.push(text);
    } else if (/^\s*[{[]/.test(text)) {
      const common = { event: event.event, id: event.id, dataLines: 0, line: event.line ?? this.#line };
      this.#frames.push({ ...common, data: text, form: 'line', complete, strayLine: null });
      this.#event = emptyEvent();
    } else {
      this.#options.onStrayLine?.(stray);
    }
  }

  #dispatch(complete: boolean): void {
    const { data, others, event, id, line, stray } = this.#event;
    this.#event = emptyEvent();
    if (data.length === 0) return;
    this.#frames.push({
      data: joined(data, this.#options.isStrict === true ? [] : others),
      event,
      id,
      form: 'sse',
      dataLines: data.length,
      line: line ?? this.#line,
      complete,
      strayLine: stray,
    });
  }
}

/** The data of an event, with its lines that have no field name where both together are JSON: printed with indents. */
function joined(data: readonly string[], others: readonly string[]): string {
  const text = data.join('\n');
  if (others.length === 0) return text;
  const whole = [...data, ...others];
  return !isObjectText(data) && isObjectText(whole) ? whole.join('\n') : text;
}

/** Whether the lines of an event are complete JSON of an object. */
function isObjectText(lines: readonly string[]): boolean {
  if (lines[0]?.startsWith('{') !== true || lines.at(-1)?.trimEnd().endsWith('}') !== true) return false;
  try {
    JSON.parse(lines.join('\n'));
    return true;
  } catch {
    return false;
  }
}

interface OpenEvent {
  readonly data: string[];
  /** Lines without a field name. */
  readonly others: string[];
  length: number;
  event: string | null;
  id: string | null;
  line: number | null;
  stray: StrayLine | null;
}

function emptyEvent(): OpenEvent {
  return { data: [], others: [], length: 0, event: null, id: null, line: null, stray: null };
}

/** What `curl -v` and `curl -i` write around the body. */
type LineKind = 'body' | 'header' | 'noise';

const status = /^HTTP\/\d(?:\.\d)? \d{3}\b/;
const header = /^[!#$%&'*+.^_`|~\w-]+:(?: |$)/;
const field = /^(?:data|event|id|retry)(?::|$)/;
/** `* Connected to …`, `{ [123 bytes data]`, and lines of the progress meter. */
const noise =
  /^(?:\* |[{}] \[\d+ bytes data\]|\s*% Total\s+% Received|\s*Dload\s+Upload|\s*\d{1,3}\s+\d+[kMG]?\s+\d{1,3}\s+\d+[kMG]?\s+\d{1,3}\s)/;
/** `> POST /chatkit`, `< content-type: …`, `<` alone. */
const verbose = /^[<>](?: |$)/;
/** A time that `ts`, `--trace-time` or a log adds to each line. */
const stamp = /^\[?((?:\d{4}-\d{2}-\d{2}[T ])?\d{2}:\d{2}:\d{2}(?:[.,]\d{1,9})?Z?)\]?:?[ \t]+/;

interface BodyLine {
  readonly text: string;
  /** The time in front of the line; null where there is none. */
  readonly stamp: string | null;
}

/** Removes headers, line prefixes, the progress meter and time stamps from the lines of a capture. */
export class CurlLines {
  #inHeaders = false;
  #isCurl = false;

  /** Whether anything of curl was found. */
  get isCurl(): boolean {
    return this.#isCurl;
  }

  /** The line of the body; null for all others. */
  take(line: string): BodyLine | null {
    const stamped = stamp.exec(line);
    const text = stamped === null ? line : line.slice(stamped[0].length);
    const kind = this.#kindOf(text);
    if (kind !== 'body') this.#isCurl = true;
    return kind === 'body' ? { text, stamp: stamped?.[1] ?? null } : null;
  }

  #kindOf(line: string): LineKind {
    if (status.test(line)) {
      this.#inHeaders = true;
      return 'header';
    }
    if (this.#inHeaders) {
      if (line === '') {
        this.#inHeaders = false;
        return 'header';
      }
      // A capture may lack the empty line after the headers.
      if (header.test(line) && !field.test(line)) return 'header';
      this.#inHeaders = false;
    }
    return noise.test(line) || verbose.test(line) ? 'noise' : 'body';
  }
}

import type { Segment } from '../jinja/runtime/output.ts';

/** A range of the template, in characters. */
export interface TemplatePlace {
  readonly offset: number;
  readonly length: number;
  /** The template has this character literally; otherwise an expression gave it, and this is the expression. */
  readonly literal: boolean;
}

/** Returns the place in the template of a character of the output; null when there is none. */
export type TemplateTrace = (outputOffset: number) => TemplatePlace | null;

/** Maps offsets of an output to the template that it was rendered from. */
export function templateTrace(source: string, output: string, segments: readonly Segment[]): TemplateTrace {
  const literals = new Map<Segment, Literal>();
  return (outputOffset) => {
    const segment = segmentAt(segments, outputOffset);
    const range = segment?.ranges[0];
    if (segment === undefined || range === undefined) return null;
    const whole = { offset: range.start, length: range.end - range.start, literal: segment.literal };
    if (!segment.literal) return whole;
    let literal = literals.get(segment);
    if (literal === undefined) {
      literal = new Literal(source.slice(range.start, range.end), output.slice(segment.start, segment.end));
      literals.set(segment, literal);
    }
    const inside = literal.offsetOf(outputOffset - segment.start);
    return inside === undefined ? whole : { offset: range.start + inside, length: 1, literal: true };
  };
}

/** Text of the template and what was printed of it: blanks at its edges may be trimmed, line breaks are `\n`. */
class Literal {
  readonly #shift: number;
  /** The offset in the source of each character with `\n` for line breaks; undefined if they are the same. */
  readonly #offsets: readonly number[] | undefined;

  constructor(source: string, printed: string) {
    this.#offsets = source.includes('\r\n') ? offsetsOf(source) : undefined;
    this.#shift = source.replace(/\r\n|\r/g, '\n').indexOf(printed);
  }

  offsetOf(printedOffset: number): number | undefined {
    if (this.#shift === -1) return undefined;
    const offset = this.#shift + printedOffset;
    return this.#offsets === undefined ? offset : this.#offsets[offset];
  }
}

function offsetsOf(source: string): readonly number[] {
  const offsets: number[] = [];
  for (let at = 0; at < source.length; at += 1) {
    if (source[at] === '\n' && source[at - 1] === '\r') continue;
    offsets.push(at);
  }
  return offsets;
}

/** The segments are in order and have no gaps. */
function segmentAt(segments: readonly Segment[], offset: number): Segment | undefined {
  let low = 0;
  let high = segments.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((segments[middle]?.start ?? 0) <= offset) low = middle + 1;
    else high = middle;
  }
  return segments[low - 1];
}

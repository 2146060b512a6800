import { allowOutput, allowText } from '../core/budget.ts';
import type { SourceRange } from '../core/errors.ts';

/** A part of a rendered text and the nodes that wrote it. */
export interface Segment {
  /** UTF-16 offsets in the rendered text; `end` is exclusive. */
  readonly start: number;
  readonly end: number;
  /** The node that wrote the text first, then the nodes that passed it on: `{{ macro() }}` around a macro's own text. */
  readonly ranges: readonly SourceRange[];
  /** The text is literal template text; otherwise it is the value of an expression. */
  readonly literal: boolean;
}

/**
 * Segments that one rendering collects, and ranges that one segment lists. Texts that are captured and printed again and again
 * would repeat their segments beyond the memory; a text beyond these limits is attributed to the node that printed it.
 */
const maxSegments = 300_000;
const maxRanges = 8;

/** Remembers which texts were made of which segments, so that they are known again where they are printed. */
export class Tracer {
  readonly #known = new Map<string, readonly Segment[]>();
  #collected = 0;

  remember(text: string, segments: readonly Segment[]): void {
    if (text !== '') this.#known.set(text, segments);
  }

  known(text: string): readonly Segment[] | undefined {
    const segments = this.#known.get(text);
    if (segments === undefined || this.#collected + segments.length > maxSegments) return undefined;
    this.#collected += segments.length;
    return segments;
  }
}

/** Collects the text of a template, a macro or a block. */
export class Output {
  readonly #parts: string[] = [];
  readonly #tracer: Tracer | undefined;
  readonly segments: Segment[] = [];
  #length = 0;
  #fault: Error | undefined;

  constructor(tracer: Tracer | undefined) {
    this.#tracer = tracer;
  }

  /** Writes what an expression gives. */
  write(text: string, node: SourceRange): void {
    this.#write(text, node, false, this.#tracer?.known(text));
  }

  /** Writes text of the template itself. */
  writeData(text: string, node: SourceRange): void {
    this.#write(text, node, true);
  }

  #write(text: string, node: SourceRange, literal: boolean, inner?: readonly Segment[]): void {
    if (text === '') return;
    const start = this.#length;
    this.#length += text.length;
    allowOutput(this.#length);
    this.#parts.push(text);
    if (this.#tracer !== undefined) this.#trace(start, node, literal, inner);
  }

  #trace(start: number, node: SourceRange, literal: boolean, inner: readonly Segment[] | undefined): void {
    const range = { start: node.start, end: node.end };
    if (inner === undefined) {
      this.segments.push({ start, end: this.#length, ranges: [range], literal });
      return;
    }
    for (const segment of inner) {
      this.segments.push({
        start: start + segment.start,
        end: start + segment.end,
        literal: segment.literal,
        ranges: segment.ranges.length < maxRanges ? [...segment.ranges, range] : segment.ranges,
      });
    }
  }

  /** Keeps the error of a part that is no text: Python finds it when it joins the parts. */
  reject(fault: Error): void {
    this.#fault ??= fault;
  }

  /** The collected text. @throws the rejected error */
  text(): string {
    if (this.#fault !== undefined) throw this.#fault;
    allowText(this.#length);
    const text = this.#parts.join('');
    this.#tracer?.remember(text, this.segments);
    return text;
  }
}

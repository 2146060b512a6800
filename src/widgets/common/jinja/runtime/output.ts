import { allowOutput, allowText } from '../budget.ts';
import type { SourceRange } from '../errors.ts';

/** A part of a rendered text and the nodes that wrote it. */
export interface Segment {
  /** UTF-16 offsets in the rendered text; `end` is exclusive. */
  readonly start: number;
  readonly end: number;
  /** The node that wrote the text first, then the nodes that passed it on: `{{ macro() }}` around a macro's own text. */
  readonly ranges: readonly SourceRange[];
}

/** Remembers which texts were made of which segments, so that they are known again where they are printed. */
export class Tracer {
  readonly #known = new Map<string, readonly Segment[]>();

  remember(text: string, segments: readonly Segment[]): void {
    if (text !== '') this.#known.set(text, segments);
  }

  known(text: string): readonly Segment[] | undefined {
    return this.#known.get(text);
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

  write(text: string, node: SourceRange): void {
    if (text === '') return;
    const start = this.#length;
    this.#length += text.length;
    allowOutput(this.#length);
    this.#parts.push(text);
    if (this.#tracer !== undefined) this.#trace(text, start, node, this.#tracer);
  }

  #trace(text: string, start: number, node: SourceRange, tracer: Tracer): void {
    const inner = tracer.known(text);
    const range = { start: node.start, end: node.end };
    if (inner === undefined) {
      this.segments.push({ start, end: this.#length, ranges: [range] });
      return;
    }
    for (const segment of inner) {
      this.segments.push({
        start: start + segment.start,
        end: start + segment.end,
        ranges: [...segment.ranges, range],
      });
    }
  }

  /** Keeps the error of a part that is no text: Python finds it when it joins the parts. */
  reject(fault: Error): void {
    this.#fault ??= fault;
  }

  /** The collected text. @throws what was rejected */
  text(): string {
    if (this.#fault !== undefined) throw this.#fault;
    allowText(this.#length);
    const text = this.#parts.join('');
    this.#tracer?.remember(text, this.segments);
    return text;
  }
}

/** How much may wait unread before the sender is told to pause; bytes. */
const highWater = 1024 * 1024;

interface Flow {
  pause(): void;
  resume(): void;
}

/** A body on its way from a pushing connection to one reading loop. */
export class BodyQueue implements AsyncIterable<Uint8Array> {
  readonly #flow: Flow;
  #chunks: Uint8Array[] = [];
  #bytes = 0;
  #paused = false;
  #ended = false;
  #error: Error | undefined;
  #wake: (() => void) | undefined;

  constructor(flow: Flow) {
    this.#flow = flow;
  }

  push(chunk: Uint8Array): void {
    this.#chunks.push(chunk);
    this.#bytes += chunk.byteLength;
    if (this.#bytes > highWater && !this.#paused) {
      this.#paused = true;
      this.#flow.pause();
    }
    this.#wake?.();
  }

  end(): void {
    this.#ended = true;
    this.#wake?.();
  }

  fail(error: Error): void {
    if (this.#ended) return;
    this.#error ??= error;
    this.#wake?.();
  }

  /** What came before a failure is given out before the failure is. */
  async *[Symbol.asyncIterator](): AsyncGenerator<Uint8Array, void, void> {
    for (;;) {
      const ready = this.#chunks;
      this.#chunks = [];
      this.#bytes = 0;
      if (this.#paused) {
        this.#paused = false;
        this.#flow.resume();
      }
      yield* ready;
      if (this.#chunks.length > 0) continue;
      if (this.#error !== undefined) throw this.#error;
      if (this.#ended) return;
      await new Promise<void>((resolve) => (this.#wake = resolve));
    }
  }
}

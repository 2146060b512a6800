import type { ReceivedEvent } from '../../chatkit/common/stream/events.ts';

/** Queue of events that is read like a stream. */
export class EventQueue {
  #batches: (readonly ReceivedEvent[])[] = [];
  #ended = false;
  #failure: Error | null = null;
  #wake: () => void = () => undefined;

  push(events: readonly ReceivedEvent[]): void {
    if (events.length > 0) this.#batches.push(events);
    this.#wake();
  }

  /** Ends the stream after the queued events; `failure`: the stream then throws it. */
  end(failure: Error | null): void {
    this.#ended = true;
    this.#failure = failure;
    this.#wake();
  }

  async *events(signal: AbortSignal): AsyncGenerator<readonly ReceivedEvent[], void, void> {
    const onAbort = () => this.#wake();
    signal.addEventListener('abort', onAbort);
    try {
      while (!signal.aborted) {
        // Takes all batches at once: removing them one by one from the front would be quadratic.
        const waiting = this.#batches;
        this.#batches = [];
        for (const batch of waiting) {
          if (signal.aborted) break;
          yield batch;
        }
        if (waiting.length > 0) continue;
        if (this.#ended) break;
        await new Promise<void>((resolve) => (this.#wake = resolve));
      }
    } finally {
      signal.removeEventListener('abort', onAbort);
    }
    if (this.#failure !== null && !signal.aborted) throw this.#failure;
  }
}

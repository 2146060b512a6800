/** Work that must clean up before the window closes. The editor waits a few seconds for `end`. */
export class Shutdown {
  readonly #controller = new AbortController();
  readonly #running = new Set<Promise<unknown>>();

  /** Runs `work`. Its signal fires when the extension ends, and `end` then waits for it. */
  async run<T>(work: (signal: AbortSignal) => Promise<T>): Promise<T> {
    const running = work(this.#controller.signal);
    this.#running.add(running);
    try {
      return await running;
    } finally {
      this.#running.delete(running);
    }
  }

  /** Cancels all work and waits until it has ended. Never throws. */
  async end(): Promise<void> {
    this.#controller.abort();
    await Promise.allSettled(this.#running);
  }
}

import { type ScriptClock, ScriptError } from './types.ts';

/** A signal that fires with another one or after some time, and knows which it was. */
export class Deadline {
  readonly #controller = new AbortController();
  readonly #dispose: (() => void)[] = [];
  #error: ScriptError | null = null;

  /** `limits`: how long each may last, ms, and what to call it. The first one that is over counts. */
  constructor(
    outer: AbortSignal,
    clock: ScriptClock,
    limits: readonly { readonly ms: number; readonly what: string }[],
  ) {
    const cancel = (): void => this.#abort(new ScriptError('cancelled', 'Cancelled.'));
    if (outer.aborted) cancel();
    else {
      outer.addEventListener('abort', cancel, { once: true });
      this.#dispose.push(() => outer.removeEventListener('abort', cancel));
    }
    for (const { ms, what } of limits) {
      const late = (): void =>
        this.#abort(new ScriptError('timeout', `${what} took longer than ${Math.round(ms)} ms.`));
      this.#dispose.push(clock.after(Math.max(0, ms), late));
    }
  }

  get signal(): AbortSignal {
    return this.#controller.signal;
  }

  /** Why it fired; null while it has not. */
  get error(): ScriptError | null {
    return this.#error;
  }

  /** Settles as `promise` does, or rejects when the deadline is over, even where `promise` ignores the signal. */
  race<T>(promise: Promise<T>): Promise<T> {
    return new Promise((resolve, reject) => {
      const { signal } = this.#controller;
      const stop = (): void => reject(this.#error ?? new ScriptError('cancelled', 'Cancelled.'));
      if (signal.aborted) stop();
      signal.addEventListener('abort', stop, { once: true });
      const end = (): void => signal.removeEventListener('abort', stop);
      promise.then(resolve, reject).finally(end);
    });
  }

  dispose(): void {
    for (const dispose of this.#dispose) dispose();
  }

  #abort(error: ScriptError): void {
    if (this.#error !== null) return;
    this.#error = error;
    this.#controller.abort(error);
  }
}

export type Unsubscribe = () => void;

/** A minimal event emitter for pure code, which depends on neither VS Code nor Node. */
export class Emitter<T> {
  readonly #listeners = new Set<(value: T) => void>();

  readonly on = (listener: (value: T) => void): Unsubscribe => {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  };

  fire(value: T): void {
    for (const listener of [...this.#listeners]) listener(value);
  }
}

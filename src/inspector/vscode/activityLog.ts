import { toSourceError, type SourceError } from '../../chatkit/common/errors.ts';
import type { Activity, LoadPosition, Problem } from '../common/protocol.ts';

/** Resolves the problem at a position. */
type ResolveProblem = () => unknown;

interface ActivityLogOptions {
  readonly onChange: (activity: Activity) => void;
  /** Describes an error. `retry` repeats the failed load. */
  readonly describe: (
    error: SourceError,
    retry: ResolveProblem,
  ) => Promise<Pick<Problem, 'message' | 'detail' | 'action'> & { readonly resolve: ResolveProblem }>;
}

/** Loads in progress and failed loads by position. A problem is cleared when the same position loads successfully. */
export class ActivityLog {
  readonly #options: ActivityLogOptions;
  readonly #loading = new Map<LoadPosition, number>();
  readonly #problems = new Map<LoadPosition, Problem & { readonly resolve: ResolveProblem }>();
  #deleted = false;

  constructor(options: ActivityLogOptions) {
    this.#options = options;
  }

  get current(): Activity {
    return {
      loading: [...this.#loading.keys()],
      problems: [...this.#problems.values()].map(({ resolve: _resolve, ...problem }) => problem),
      deleted: this.#deleted,
    };
  }

  /** Runs a load. Never throws: an error becomes a problem at the position; cancellation is ignored. Returns true on success. */
  async run(place: LoadPosition, load: () => Promise<unknown>): Promise<boolean> {
    this.#count(place, 1);
    let failure: SourceError | undefined;
    try {
      await load();
    } catch (error) {
      failure = toSourceError(error);
    }
    if (failure === undefined) this.#problems.delete(place);
    else if (failure.kind !== 'cancelled') await this.#report(place, failure, load);
    this.#count(place, -1);
    return failure === undefined;
  }

  /** Clears the problems of gaps: their positions are invalid after the windows have been renumbered. */
  forgetGaps(): void {
    for (const place of this.#problems.keys()) if (place.startsWith('gap')) this.#problems.delete(place);
  }

  markDeleted(): void {
    this.#deleted = true;
    this.#problems.clear();
    this.#options.onChange(this.current);
  }

  resolveProblem(place: string): unknown {
    return this.#problems.get(place as LoadPosition)?.resolve();
  }

  async #report(place: LoadPosition, error: SourceError, load: () => Promise<unknown>): Promise<void> {
    const described = await this.#options.describe(error, () => this.run(place, load));
    this.#problems.set(place, { place, ...described });
  }

  #count(place: LoadPosition, change: 1 | -1): void {
    const count = (this.#loading.get(place) ?? 0) + change;
    if (count > 0) this.#loading.set(place, count);
    else this.#loading.delete(place);
    this.#options.onChange(this.current);
  }
}

import { toSourceError, type SourceError } from '../../chatkit/common/errors.ts';
import type { Activity, LoadPosition, Problem } from '../common/protocol.ts';

/** How to cure what went wrong at a place. */
type ProblemAction = () => unknown;

export interface ActivityLogOptions {
  readonly onChange: (activity: Activity) => void;
  /** Puts an error into words. `retry` runs what failed once more. */
  readonly describe: (
    error: SourceError,
    retry: ProblemAction,
  ) => Promise<Pick<Problem, 'message' | 'detail' | 'action'> & { readonly cure: ProblemAction }>;
}

/** What loads and what failed, place by place. An error stays until the same place succeeds or is tried again. */
export class ActivityLog {
  readonly #options: ActivityLogOptions;
  readonly #loading = new Map<LoadPosition, number>();
  readonly #problems = new Map<LoadPosition, Problem & { readonly cure: ProblemAction }>();
  #deleted = false;

  constructor(options: ActivityLogOptions) {
    this.#options = options;
  }

  get current(): Activity {
    return {
      loading: [...this.#loading.keys()],
      problems: [...this.#problems.values()].map(({ cure: _cure, ...problem }) => problem),
      deleted: this.#deleted,
    };
  }

  /** Runs a load. Never throws: what goes wrong becomes a problem at the place; cancellation is silent. */
  async run(place: LoadPosition, load: () => Promise<unknown>): Promise<boolean> {
    this.#count(place, 1);
    let failure: SourceError | undefined;
    try {
      await load();
    } catch (error) {
      failure = toSourceError(error);
    }
    if (failure === undefined) this.#problems.delete(place);
    else if (failure.kind !== 'cancelled') await this.#tell(place, failure, load);
    this.#count(place, -1);
    return failure === undefined;
  }

  /** Places are named by windows: when those are counted anew, what was said of gaps is no longer true. */
  forgetGaps(): void {
    for (const place of this.#problems.keys()) if (place.startsWith('gap')) this.#problems.delete(place);
  }

  markDeleted(): void {
    this.#deleted = true;
    this.#problems.clear();
    this.#options.onChange(this.current);
  }

  cure(place: string): unknown {
    return this.#problems.get(place as LoadPosition)?.cure();
  }

  async #tell(place: LoadPosition, error: SourceError, load: () => Promise<unknown>): Promise<void> {
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

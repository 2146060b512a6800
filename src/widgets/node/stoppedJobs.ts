import { keepNewest } from '../../base/common/lists.ts';
import { createHash } from 'node:crypto';
import type { EvaluationJob } from './evaluationProtocol.ts';
import type { StopReason } from './evaluationThread.ts';

/** Maximum number of saved jobs; the oldest is removed first. */
const maxJobs = 50;

/** The digest of a job and the reason why it was stopped. */
export type StoppedJob = readonly [digest: string, reason: StopReason];

/**
 * Jobs that reached a limit, by a digest of their content. They are not run again until they change or the user requests it:
 * otherwise a hostile document would use the full limits at every key stroke and after every restart.
 */
export class StoppedJobs {
  readonly #reasons: Map<string, StopReason>;
  readonly #save: (jobs: readonly StoppedJob[]) => void;

  /** `save` receives the list after every change. */
  constructor(saved: readonly StoppedJob[], save: (jobs: readonly StoppedJob[]) => void) {
    this.#reasons = new Map(saved);
    this.#save = save;
  }

  /** Returns why this job was stopped before; null if it was not. */
  reasonOf(job: EvaluationJob): StopReason | null {
    // No digest is computed in the common case, that no job was ever stopped.
    return this.#reasons.size === 0 ? null : (this.#reasons.get(digestOf(job)) ?? null);
  }

  add(job: EvaluationJob, reason: StopReason): void {
    const digest = digestOf(job);
    this.#reasons.delete(digest);
    this.#reasons.set(digest, reason);
    keepNewest(this.#reasons, maxJobs);
    this.#save([...this.#reasons]);
  }

  /** Allows a job to run again. */
  forget(job: EvaluationJob): void {
    if (this.#reasons.delete(digestOf(job))) this.#save([...this.#reasons]);
  }
}

function digestOf(job: EvaluationJob): string {
  return createHash('sha256').update(JSON.stringify(job)).digest('base64url');
}

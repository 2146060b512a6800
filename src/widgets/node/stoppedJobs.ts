import { createHash } from 'node:crypto';
import type { EvaluationJob } from './evaluationProtocol.ts';
import type { StopReason } from './evaluationThread.ts';

/** Jobs that are remembered; the oldest is forgotten first. */
const maxJobs = 50;

/** Digest of a job, and why it was stopped. */
export type StoppedJob = readonly [digest: string, reason: StopReason];

/**
 * Jobs that reached a limit, by a digest of all they consist of. They are not run again until they change, or the user asks
 * for it: otherwise a hostile document would use up its limits at every key stroke and after every restart.
 */
export class StoppedJobs {
  readonly #reasons: Map<string, StopReason>;
  readonly #save: (jobs: readonly StoppedJob[]) => void;

  /** `save` receives the list after every change. */
  constructor(saved: readonly StoppedJob[], save: (jobs: readonly StoppedJob[]) => void) {
    this.#reasons = new Map(saved);
    this.#save = save;
  }

  /** Returns why this job was stopped before; null when it was not. */
  reasonOf(job: EvaluationJob): StopReason | null {
    // Most users never have one: then nothing is digested while they type.
    return this.#reasons.size === 0 ? null : (this.#reasons.get(digestOf(job)) ?? null);
  }

  add(job: EvaluationJob, reason: StopReason): void {
    const digest = digestOf(job);
    this.#reasons.delete(digest);
    this.#reasons.set(digest, reason);
    for (const oldest of this.#reasons.keys()) {
      if (this.#reasons.size <= maxJobs) break;
      this.#reasons.delete(oldest);
    }
    this.#save([...this.#reasons]);
  }

  /** Lets a job run again. */
  forget(job: EvaluationJob): void {
    if (this.#reasons.delete(digestOf(job))) this.#save([...this.#reasons]);
  }
}

function digestOf(job: EvaluationJob): string {
  return createHash('sha256').update(JSON.stringify(job)).digest('base64url');
}

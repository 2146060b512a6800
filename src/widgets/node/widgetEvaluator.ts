import {
  type PreviewData,
  type WidgetPreview,
  failedPreview,
  previewMessages,
  previewProblem,
} from '../common/preview/widgetPreview.ts';
import type { EvaluationJob } from './evaluationProtocol.ts';
import {
  type EvaluationLimits,
  type EvaluationOutcome,
  EvaluationThread,
  type StopReason,
  type Translations,
  evaluationLimits,
} from './evaluationThread.ts';
import type { StoppedJobs } from './stoppedJobs.ts';

export interface Evaluation {
  readonly preview: WidgetPreview;
  /** Why the document was not evaluated; null if it was. The problems of the preview include this. */
  readonly stopped: StopReason | null;
}

export interface WidgetEvaluatorOptions {
  /** Module of the worker thread. */
  readonly script: string | URL;
  readonly stoppedJobs: StoppedJobs;
  /** Translated strings (an l10n bundle); absent for English. */
  readonly translations?: Translations | undefined;
  readonly limits?: Partial<EvaluationLimits>;
  /** Reports a stopped evaluation, for the log. */
  readonly onDidStop?: (reason: StopReason, message: string) => void;
}

interface QueuedJob {
  job: EvaluationJob;
  readonly resolvers: ((evaluation: Evaluation) => void)[];
}

/**
 * Evaluates documents with widgets in a worker thread, one after the other. The thread starts with the first document, ends
 * when it is idle or reaches a limit, and starts again with the next document.
 */
export class WidgetEvaluator {
  readonly #options: WidgetEvaluatorOptions;
  readonly #limits: EvaluationLimits;
  /** By document, oldest first: a newer text of a document replaces the queued one. */
  readonly #queue = new Map<string, QueuedJob>();
  #thread: EvaluationThread<EvaluationJob, WidgetPreview> | null = null;
  #idle: NodeJS.Timeout | undefined;
  #running = false;
  #disposed = false;

  constructor(options: WidgetEvaluatorOptions) {
    this.#options = options;
    this.#limits = { ...evaluationLimits, ...options.limits };
  }

  /**
   * Evaluates a document. A newer job with the same `key` replaces a queued one: then both calls return the newer result. A
   * job that reached a limit before is not run again, see `StoppedJobs`. Never rejects.
   */
  async evaluate(key: string, job: EvaluationJob): Promise<Evaluation> {
    const stopped = this.#options.stoppedJobs.reasonOf(job);
    if (stopped !== null) return this.#stopped(job, stopped, '');
    return new Promise((resolve) => {
      const queued = this.#queue.get(key);
      if (queued === undefined) this.#queue.set(key, { job, resolvers: [resolve] });
      else {
        queued.job = job;
        queued.resolvers.push(resolve);
      }
      void this.#runAll();
    });
  }

  dispose(): void {
    this.#disposed = true;
    clearTimeout(this.#idle);
    this.#thread?.end();
  }

  async #runAll(): Promise<void> {
    if (this.#running) return;
    this.#running = true;
    clearTimeout(this.#idle);
    for (let next = this.#dequeue(); next !== undefined; next = this.#dequeue()) {
      const { job, resolvers } = next;
      const evaluation = this.#evaluationOf(job, await this.#run(job));
      for (const resolve of resolvers) resolve(evaluation);
    }
    this.#running = false;
    this.#idle = setTimeout(() => this.#thread?.end(), this.#limits.idleMs);
    this.#idle.unref();
  }

  #dequeue(): QueuedJob | undefined {
    const [next] = this.#queue;
    if (next === undefined) return undefined;
    this.#queue.delete(next[0]);
    return next[1];
  }

  async #run(job: EvaluationJob): Promise<EvaluationOutcome<WidgetPreview>> {
    if (this.#disposed) return { kind: 'stopped', reason: 'unavailable', message: 'The extension is shutting down.' };
    try {
      if (this.#thread === null || this.#thread.hasEnded) {
        this.#thread = new EvaluationThread(this.#options.script, this.#limits, this.#options.translations);
      }
      return await this.#thread.run(job);
    } catch (error) {
      const message = error instanceof Error ? error.message : String(error);
      return { kind: 'stopped', reason: 'unavailable', message };
    }
  }

  #evaluationOf(job: EvaluationJob, outcome: EvaluationOutcome<WidgetPreview>): Evaluation {
    if (outcome.kind === 'done') return { preview: outcome.result, stopped: null };
    const { reason, message } = outcome;
    if (this.#disposed) return this.#stopped(job, reason, message);
    this.#options.onDidStop?.(reason, message);
    if (reason !== 'unavailable') this.#options.stoppedJobs.add(job, reason);
    return this.#stopped(job, reason, message);
  }

  #stopped(job: EvaluationJob, reason: StopReason, message: string): Evaluation {
    const { deadlineMs, heapMb } = this.#limits;
    const problems = {
      time: previewProblem('file', previewMessages.timeLimit(deadlineMs / 1_000)),
      memory: previewProblem('file', previewMessages.memoryLimit(heapMb)),
      failure: previewProblem('file', previewMessages.evaluationFailed()),
      unavailable: previewProblem('file', previewMessages.evaluatorUnavailable(message)),
    };
    return { preview: { ...failedPreview(problems[reason]), data: editedData(job) }, stopped: reason };
  }
}

/** The user's data may be the cause: the preview still offers it, so that the user can change or discard it. */
function editedData(job: EvaluationJob): PreviewData | null {
  if (job.source !== 'file' || job.choice.source !== 'edited') return null;
  return { text: job.choice.text, origin: 'edited', problems: [], ownOrigin: 'defaultState', hasSchema: false };
}

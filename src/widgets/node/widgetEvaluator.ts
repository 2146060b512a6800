import type { PreviewData, WidgetPreview } from '../common/preview/preview.ts';
import { previewMessages } from '../common/preview/messages.ts';
import { previewProblem, undrawn } from '../common/preview/preview.ts';
import type { EvaluationJob } from './evaluationProtocol.ts';
import type { EvaluationLimits, EvaluationOutcome, StopReason } from './evaluationThread.ts';
import { evaluationLimits, EvaluationThread, type Translations } from './evaluationThread.ts';
import type { StoppedJobs } from './stoppedJobs.ts';

export interface Evaluation {
  readonly preview: WidgetPreview;
  /** Why the document was not evaluated; null when it was. The preview then says so. */
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

interface Waiting {
  job: EvaluationJob;
  readonly settle: ((evaluation: Evaluation) => void)[];
}

/**
 * Evaluates documents with widgets in a worker thread, one after the other. The thread starts with the first document, ends
 * when it is idle or reaches a limit, and starts again with the next document.
 */
export class WidgetEvaluator {
  readonly #options: WidgetEvaluatorOptions;
  readonly #limits: EvaluationLimits;
  /** Oldest first, by document: a newer text of a document replaces the one that waits. */
  readonly #queue = new Map<string, Waiting>();
  #thread: EvaluationThread | null = null;
  #idle: NodeJS.Timeout | undefined;
  #running = false;
  #disposed = false;

  constructor(options: WidgetEvaluatorOptions) {
    this.#options = options;
    this.#limits = { ...evaluationLimits, ...options.limits };
  }

  /**
   * Evaluates a document. While it waits, a newer job with the same `key` replaces it: then both calls return the newer
   * result. A job that reached a limit before is not run again, see `StoppedJobs`. Never rejects.
   */
  async evaluate(key: string, job: EvaluationJob): Promise<Evaluation> {
    const stopped = this.#options.stoppedJobs.reasonOf(job);
    if (stopped !== null) return this.#stopped(job, stopped, '');
    return new Promise((resolve) => {
      const waiting = this.#queue.get(key);
      if (waiting === undefined) this.#queue.set(key, { job, settle: [resolve] });
      else {
        waiting.job = job;
        waiting.settle.push(resolve);
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
    for (let next = this.#take(); next !== undefined; next = this.#take()) {
      const { job, settle } = next;
      const evaluation = this.#evaluationOf(job, await this.#run(job));
      for (const each of settle) each(evaluation);
    }
    this.#running = false;
    this.#idle = setTimeout(() => this.#thread?.end(), this.#limits.idleMs);
    this.#idle.unref();
  }

  #take(): Waiting | undefined {
    const [next] = this.#queue;
    if (next === undefined) return undefined;
    this.#queue.delete(next[0]);
    return next[1];
  }

  async #run(job: EvaluationJob): Promise<EvaluationOutcome> {
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

  #evaluationOf(job: EvaluationJob, outcome: EvaluationOutcome): Evaluation {
    if (outcome.kind === 'done') return { preview: outcome.preview, stopped: null };
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
    return { preview: { ...undrawn(problems[reason]), data: editedData(job) }, stopped: reason };
  }
}

/** Data that the user wrote may be what reached the limit: it can still be changed or discarded. */
function editedData(job: EvaluationJob): PreviewData | null {
  if (job.source !== 'file' || job.choice.source !== 'edited') return null;
  return { text: job.choice.text, origin: 'edited', problems: [], ownOrigin: 'defaultState', hasSchema: false };
}

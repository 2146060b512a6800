import { Worker } from 'node:worker_threads';
import type { WidgetPreview } from '../common/preview/widgetPreview.ts';
import type { EvaluationJob, WorkerMessage } from './evaluationProtocol.ts';

/** The contents of an l10n bundle. */
export type Translations = Readonly<Record<string, string>>;

export interface EvaluationLimits {
  /** Longest evaluation of one document, ms. Starting the thread does not count. */
  readonly deadlineMs: number;
  /** Longest start of the thread, ms. */
  readonly startMs: number;
  /** Heap of the thread, MB. */
  readonly heapMb: number;
  /** An unused thread ends after this time, ms. */
  readonly idleMs: number;
}

export const evaluationLimits: EvaluationLimits = { deadlineMs: 2_000, startMs: 15_000, heapMb: 128, idleMs: 60_000 };

/** Why an evaluation has no result: it reached a limit, it failed, or there is no thread to run it. */
export type StopReason = 'time' | 'memory' | 'failure' | 'unavailable';

export type EvaluationOutcome =
  | { readonly kind: 'done'; readonly preview: WidgetPreview }
  | { readonly kind: 'stopped'; readonly reason: StopReason; readonly message: string };

/** One worker thread. It runs one job at a time and ends when a job reaches a limit. */
export class EvaluationThread {
  readonly #limits: EvaluationLimits;
  readonly #worker: Worker;
  #state: 'starting' | 'ready' | 'ended' = 'starting';
  #job: EvaluationJob | null = null;
  #settle: ((outcome: EvaluationOutcome) => void) | null = null;
  #timer: NodeJS.Timeout | undefined;

  /**
   * Starts the thread.
   *
   * @throws When the platform has no worker threads.
   */
  constructor(script: string | URL, limits: EvaluationLimits, translations?: Translations) {
    this.#limits = limits;
    this.#worker = new Worker(script, {
      name: 'chatkit-widgets',
      // It needs nothing of the host: neither its environment nor its flags (a debugger port, for example).
      env: {},
      execArgv: [],
      workerData: translations,
      resourceLimits: { maxOldGenerationSizeMb: limits.heapMb, maxYoungGenerationSizeMb: 32, stackSizeMb: 4 },
    });
    this.#worker.on('message', (message: WorkerMessage) => this.#receive(message));
    this.#worker.on('messageerror', (error: Error) => this.#stop('failure', error.message));
    this.#worker.on('error', (error) => this.#broken(error));
    this.#worker.on('exit', (code) => this.#broken(new Error(`The worker thread ended with code ${code}.`)));
  }

  get hasEnded(): boolean {
    return this.#state === 'ended';
  }

  /** Runs one job; the one before must have ended. Never rejects. */
  run(job: EvaluationJob): Promise<EvaluationOutcome> {
    return new Promise((resolve) => {
      this.#settle = resolve;
      this.#job = job;
      if (this.#state === 'ready') this.#post();
      else if (this.#state === 'ended') this.#finish({ kind: 'stopped', reason: 'unavailable', message: '' });
      else this.#stopAfter(this.#limits.startMs, 'unavailable');
    });
  }

  /** Ends the thread, with whatever it is doing. */
  end(): void {
    this.#stop('failure', 'The extension is shutting down.');
  }

  #receive(message: WorkerMessage): void {
    if (this.#state === 'ended') return;
    if (message.type === 'ready') {
      this.#state = 'ready';
      if (this.#job !== null) this.#post();
    } else if (message.type === 'done') this.#finish({ kind: 'done', preview: message.preview });
    else this.#finish({ kind: 'stopped', reason: 'failure', message: message.message });
  }

  /** The thread is idle, so that it starts the job at once: the deadline counts from here. */
  #post(): void {
    this.#worker.postMessage(this.#job);
    this.#stopAfter(this.#limits.deadlineMs, 'time');
  }

  #stopAfter(ms: number, reason: StopReason): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => {
      const settle = this.#settle;
      // When the host itself was busy, the answer may be waiting already: messages are received before this runs.
      setImmediate(() => {
        if (this.#settle === settle) this.#stop(reason, `No answer within ${ms} ms.`);
      });
    }, ms);
  }

  #broken(error: unknown): void {
    const code = error instanceof Error && 'code' in error ? error.code : undefined;
    const message = error instanceof Error ? error.message : String(error);
    if (code === 'ERR_WORKER_OUT_OF_MEMORY') this.#stop('memory', message);
    else this.#stop(this.#state === 'starting' ? 'unavailable' : 'failure', message);
  }

  #stop(reason: StopReason, message: string): void {
    if (this.#state === 'ended') return;
    this.#state = 'ended';
    void this.#worker.terminate();
    this.#finish({ kind: 'stopped', reason, message });
  }

  #finish(outcome: EvaluationOutcome): void {
    clearTimeout(this.#timer);
    const settle = this.#settle;
    this.#settle = null;
    this.#job = null;
    settle?.(outcome);
  }
}

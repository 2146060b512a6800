import { Worker } from 'node:worker_threads';
import type { WorkerMessage } from './evaluationProtocol.ts';

/** The contents of an l10n bundle. */
export type Translations = Readonly<Record<string, string>>;

export interface EvaluationLimits {
  /** Maximum duration of the evaluation of one document, in ms. Does not include the start of the thread. */
  readonly deadlineMs: number;
  /** Maximum duration of the start of the thread, in ms. */
  readonly startMs: number;
  /** Maximum heap of the thread, in MB. */
  readonly heapMb: number;
  /** Time after which an idle thread ends, in ms. */
  readonly idleMs: number;
}

export const evaluationLimits: EvaluationLimits = { deadlineMs: 2_000, startMs: 15_000, heapMb: 128, idleMs: 60_000 };

/** Why an evaluation has no result: it reached a limit, it failed, or no thread could be started. */
export type StopReason = 'time' | 'memory' | 'failure' | 'unavailable';

export type EvaluationOutcome<Result> =
  | { readonly kind: 'done'; readonly result: Result }
  | { readonly kind: 'stopped'; readonly reason: StopReason; readonly message: string };

/** One worker thread. It runs one job at a time and ends when a job reaches a limit. */
export class EvaluationThread<Job, Result> {
  readonly #limits: EvaluationLimits;
  readonly #worker: Worker;
  #state: 'starting' | 'ready' | 'ended' = 'starting';
  #job: Job | null = null;
  #resolve: ((outcome: EvaluationOutcome<Result>) => void) | null = null;
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
      // The thread must not inherit the environment of the host or its flags (for example a debugger port).
      env: {},
      execArgv: [],
      workerData: translations,
      resourceLimits: { maxOldGenerationSizeMb: limits.heapMb, maxYoungGenerationSizeMb: 32, stackSizeMb: 4 },
    });
    this.#worker.on('message', (message: WorkerMessage<Result>) => this.#receive(message));
    this.#worker.on('messageerror', (error: Error) => this.#stop('failure', error.message));
    this.#worker.on('error', (error) => this.#onFailure(error));
    this.#worker.on('exit', (code) => this.#onFailure(new Error(`The worker thread ended with code ${code}.`)));
  }

  get hasEnded(): boolean {
    return this.#state === 'ended';
  }

  /** Runs one job; the previous one must have ended. Never rejects. */
  run(job: Job): Promise<EvaluationOutcome<Result>> {
    return new Promise((resolve) => {
      this.#resolve = resolve;
      this.#job = job;
      if (this.#state === 'ready') this.#post();
      else if (this.#state === 'ended') this.#finish({ kind: 'stopped', reason: 'unavailable', message: '' });
      else this.#stopAfter(this.#limits.startMs, 'unavailable');
    });
  }

  /** Ends the thread and its current job. */
  end(): void {
    this.#stop('failure', 'The extension is shutting down.');
  }

  #receive(message: WorkerMessage<Result>): void {
    if (this.#state === 'ended') return;
    if (message.type === 'ready') {
      this.#state = 'ready';
      if (this.#job !== null) this.#post();
    } else if (message.type === 'done') this.#finish({ kind: 'done', result: message.result });
    else this.#finish({ kind: 'stopped', reason: 'failure', message: message.message });
  }

  /** Sends the job to the idle thread, which starts it immediately. The deadline starts here. */
  #post(): void {
    this.#worker.postMessage(this.#job);
    this.#stopAfter(this.#limits.deadlineMs, 'time');
  }

  #stopAfter(ms: number, reason: StopReason): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => {
      const job = this.#resolve;
      // If the host was busy, the result may already be in the message queue, which is processed before `setImmediate`.
      setImmediate(() => {
        if (this.#resolve === job) this.#stop(reason, `No result within ${ms} ms.`);
      });
    }, ms);
  }

  #onFailure(error: unknown): void {
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

  #finish(outcome: EvaluationOutcome<Result>): void {
    clearTimeout(this.#timer);
    const resolve = this.#resolve;
    this.#resolve = null;
    this.#job = null;
    resolve?.(outcome);
  }
}

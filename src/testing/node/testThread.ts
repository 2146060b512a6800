import type { ScriptResult } from '../../conversation/common/script/types.ts';
import type { CheckedResult } from '../../conversation/common/tests/evaluate.ts';
import type { Evaluate } from '../../conversation/common/tests/runTests.ts';
import {
  evaluationLimits,
  EvaluationThread,
  type EvaluationLimits,
  type StopReason,
  type Translations,
} from '../../widgets/node/evaluationThread.ts';
import type { TestJob, TestJobs } from './testJobs.ts';

interface TestThreadOptions {
  /** Module of the worker thread. */
  readonly script: string | URL;
  readonly translations?: Translations | undefined;
  readonly limits?: Partial<EvaluationLimits>;
}

const limits: EvaluationLimits = { ...evaluationLimits, deadlineMs: 10_000, heapMb: 512 };

/** A job reached a limit of the thread, or no thread could be started. */
class TestJobError extends Error {
  override readonly name = 'TestJobError';
  readonly reason: StopReason;

  constructor(reason: StopReason, message: string) {
    super(message);
    this.reason = reason;
  }
}

/** Does the jobs of test files in a worker thread, one after the other. The thread starts with the first job and ends when idle. */
export class TestThread {
  readonly #options: TestThreadOptions;
  readonly #limits: EvaluationLimits;
  #thread: EvaluationThread<TestJob, unknown> | null = null;
  #last: Promise<unknown> = Promise.resolve();
  #waiting = 0;
  #idle: NodeJS.Timeout | undefined;

  constructor(options: TestThreadOptions) {
    this.#options = options;
    this.#limits = { ...limits, ...options.limits };
  }

  /** Throws `TestJobError` when the job reaches a limit. */
  async run<Name extends keyof TestJobs>(
    name: Name,
    params: Parameters<TestJobs[Name]>[0],
  ): Promise<ReturnType<TestJobs[Name]>> {
    clearTimeout(this.#idle);
    this.#waiting += 1;
    const job: TestJob<Name> = { source: 'tests', name, params };
    const result = this.#last.then(() => this.#run(job as TestJob));
    this.#last = result.catch(() => undefined);
    try {
      return (await result) as ReturnType<TestJobs[Name]>;
    } finally {
      this.#waiting -= 1;
      if (this.#waiting === 0) {
        this.#idle = setTimeout(() => this.#thread?.end(), this.#limits.idleMs);
        this.#idle.unref();
      }
    }
  }

  dispose(): void {
    clearTimeout(this.#idle);
    this.#thread?.end();
  }

  async #run(job: TestJob): Promise<unknown> {
    if (this.#thread === null || this.#thread.hasEnded) {
      this.#thread = new EvaluationThread(this.#options.script, this.#limits, this.#options.translations);
    }
    const outcome = await this.#thread.run(job);
    if (outcome.kind === 'done') return outcome.result;
    throw new TestJobError(outcome.reason, outcome.message);
  }
}

/** What the thread evaluates of a run, as plain data. */
export function evaluationOf(
  ...[test, result, stored, saved]: Parameters<Evaluate>
): Parameters<TestJobs['evaluate']>[0] {
  const responses = result.steps.map(({ command, events }) => (command === null ? null : { command, events }));
  return { test, result: withoutEvents(result), responses, stored, saved };
}

function withoutEvents({ steps, failure, ...result }: ScriptResult): CheckedResult {
  return {
    ...result,
    steps: steps.map(({ events: _events, command: _command, error, ...step }) => ({
      ...step,
      error: error && { kind: error.kind, message: error.message },
    })),
    failure: failure && { step: failure.step, error: { message: failure.error.message } },
  };
}

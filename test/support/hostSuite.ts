import { test, type TestContext } from 'node:test';

/** One case inside the editor; it fails by throwing. `t.skip(why)` skips it. */
export type HostCase = (t: TestContext) => void | Promise<void>;

/** What a file of `test/host` exports as `suite`: its name and its cases, which run in order. */
export interface HostSuite {
  readonly name: string;
  readonly cases: Readonly<Record<string, HostCase>>;
}

export interface HostResult {
  readonly name: string;
  readonly outcome: 'passed' | 'failed' | 'skipped';
  readonly error?: unknown;
  /** ms. */
  readonly duration: number;
}

/** Time limit of a case, in ms, so that a case that never ends does not block the others. */
const caseTimeout = 180_000;

/**
 * Runs suites inside the extension host. Awaited subtests of one awaited test: `run({ isolation: 'none' })` never ends
 * here. `filter` selects the cases whose full name contains it; `report` receives each result at once.
 */
export async function runSuites(
  suites: readonly HostSuite[],
  filter: string,
  report: (result: HostResult) => void,
): Promise<void> {
  await test('host', async (outer) => {
    for (const { name: suite, cases } of suites) {
      for (const [title, body] of Object.entries(cases)) {
        const name = `${suite} › ${title}`;
        if (name.includes(filter)) await outer.test(name, async (t) => report(await runCase(name, body, t)));
      }
    }
  });
}

/** Returns the error, because the output of node:test is not visible here. */
async function runCase(name: string, body: HostCase, t: TestContext): Promise<HostResult> {
  let skipped = false;
  const start = performance.now();
  const result = (outcome: HostResult['outcome']) => ({ name, outcome, duration: performance.now() - start });
  const skip = t.skip.bind(t);
  t.skip = (message) => {
    skipped = true;
    skip(message);
  };
  try {
    await inTime(body(t));
    return result(skipped ? 'skipped' : 'passed');
  } catch (error) {
    return { ...result('failed'), error };
  }
}

async function inTime(work: void | Promise<void>): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new Error(`The case did not end within ${caseTimeout} ms.`)), caseTimeout);
  });
  try {
    await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}

import { resultMark, runSuites, type HostResult, type HostSuite } from '../support/hostSuite.ts';

function print({ name, outcome, error }: HostResult): void {
  const details =
    error instanceof Error ? (error.stack ?? error.message) : error === undefined ? undefined : String(error);
  console.log(`${resultMark}${JSON.stringify({ name, outcome, details })}`);
}

/** What the editor calls in the end (`extensionTestsPath`): a rejection is its exit code 1. */
export async function runHost(suites: readonly HostSuite[]): Promise<void> {
  let failed = 0;
  await runSuites(suites, process.env['CHATKIT_HOST_FILTER'] ?? '', (result) => {
    if (result.outcome === 'failed') failed++;
    print(result);
  });
  if (failed > 0) throw new Error(`${failed} host cases failed`);
}

import { resultMark, runSuites, type HostResult, type HostSuite } from '../support/hostSuite.ts';

function report({ name, outcome, error }: HostResult): void {
  const details =
    error instanceof Error ? (error.stack ?? error.message) : error === undefined ? undefined : String(error);
  console.log(`${resultMark}${JSON.stringify({ name, outcome, details })}`);
}

/** What the editor calls in the end (`extensionTestsPath`): a rejection is its exit code 1. */
export async function runHost(suites: readonly HostSuite[]): Promise<void> {
  const results = await runSuites(suites, process.env['CHATKIT_HOST_FILTER'] ?? '');
  results.forEach(report);
  const failed = results.filter(({ outcome }) => outcome === 'failed').length;
  if (failed > 0) throw new Error(`${failed} of ${results.length} host cases failed`);
}

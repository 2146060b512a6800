import { createWriteStream } from 'node:fs';
import { PassThrough, type Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { junit, type TestEvent } from 'node:test/reporters';
import { runSuites, type HostResult, type HostSuite } from '../support/hostSuite.ts';

/** Returns the events that a reporter of node:test expects for a finished test. */
function eventsOf({ name, outcome, error, duration }: HostResult, testNumber: number): readonly object[] {
  const test = { name, nesting: 0, testNumber, ...(outcome === 'skipped' ? { skip: true } : {}) };
  const reason = error instanceof Error ? error : new Error(String(error));
  const details = { duration_ms: duration, ...(outcome === 'failed' ? { error: reason } : {}) };
  return [
    { type: 'test:start', data: test },
    { type: outcome === 'failed' ? 'test:fail' : 'test:pass', data: { ...test, details } },
  ];
}

async function* readEvents(events: Readable): AsyncGenerator<TestEvent, void> {
  for await (const event of events) yield event as TestEvent;
}

/**
 * Runs the suites. The editor calls it (`extensionTestsPath`) and exits with code 1 when it rejects. Writes a JUnit report to
 * `CHATKIT_HOST_REPORT`, each case as soon as it has ended.
 */
export async function runHost(suites: readonly HostSuite[]): Promise<void> {
  const events = new PassThrough({ objectMode: true });
  const report = process.env['CHATKIT_HOST_REPORT'];
  const written = report === undefined ? undefined : pipeline(junit(readEvents(events)), createWriteStream(report));
  let count = 0;
  let failed = 0;
  await runSuites(suites, process.env['CHATKIT_HOST_FILTER'] ?? '', (result) => {
    console.log(`${result.outcome}: ${result.name}`, result.error ?? '');
    if (result.outcome === 'failed') failed++;
    count++;
    for (const event of eventsOf(result, count)) events.write(event);
  });
  events.end();
  await written;
  if (failed > 0) throw new Error(`${failed} of ${count} cases failed`);
}

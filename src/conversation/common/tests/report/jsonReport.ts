import type { Json } from '../../../../base/common/json.ts';
import type { TestSummary } from '../runTests.ts';
import { placedFailures } from './failureLines.ts';

/** The one JSON document of a test run. `ms` are whole milliseconds. */
export function jsonReport(summary: TestSummary): Json {
  const { passed, failed, skipped, notRun, ms } = summary;
  return {
    passed,
    failed,
    skipped,
    notRun,
    ms: Math.round(ms),
    tests: summary.tests.map((finished) => ({
      name: finished.test.name,
      file: finished.file,
      line: finished.place.line,
      verdict: finished.outcome.verdict,
      ms: Math.round(finished.outcome.ms),
      runs: finished.outcome.runs.map((run) => ({
        passed: run.passed,
        ms: Math.round(run.ms),
        threadId: run.script.threadId,
      })),
      failures: placedFailures(finished).map(({ line, message, expected, actual }) => ({
        line,
        message,
        expected,
        actual,
      })),
    })),
  };
}

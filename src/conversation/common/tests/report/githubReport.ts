import type { FinishedTest, TestSummary } from '../runTests.ts';
import { placedFailures } from './failureLines.ts';

/** Workflow commands that mark each failure at its line, ending with a line end; empty where all passed. */
export function githubReport(summary: TestSummary): string {
  return summary.tests.map(githubTest).join('');
}

function githubTest(finished: FinishedTest): string {
  const { test, file } = finished;
  return placedFailures(finished)
    .map(({ line, column, message, expected, actual }) => {
      const place = `file=${property(file)},line=${line},col=${column},title=${property(test.name)}`;
      const details = expected === '' && actual === '' ? '' : `\nExpected: ${expected}\nActual: ${actual}`;
      return `::error ${place}::${data(`${message}${details}`)}\n`;
    })
    .join('');
}

function data(text: string): string {
  return text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
}

function property(text: string): string {
  return data(text).replaceAll(':', '%3A').replaceAll(',', '%2C');
}

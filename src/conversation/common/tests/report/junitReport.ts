import type { FinishedTest, TestSummary } from '../runTests.ts';
import { placedFailures, runsText, type PlacedFailure } from './failureLines.ts';

/** JUnit XML: a suite for each file, a case for each test. Times in seconds. */
export function junitReport(summary: TestSummary): string {
  const files = [...new Set(summary.tests.map(({ file }) => file))];
  const suites = files.map((file) =>
    suiteOf(
      file,
      summary.tests.filter((test) => test.file === file),
    ),
  );
  const totals = `tests="${summary.tests.length}" failures="${summary.failed}" skipped="${summary.skipped + summary.notRun}"`;
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites name="ChatKit" ${totals} errors="0" time="${seconds(summary.ms)}">`,
    ...suites,
    '</testsuites>',
    '',
  ].join('\n');
}

function suiteOf(file: string, tests: readonly FinishedTest[]): string {
  const failed = tests.filter(({ outcome }) => outcome.verdict === 'failed').length;
  const skipped = tests.filter(
    ({ outcome }) => outcome.verdict === 'skipped' || outcome.verdict === 'cancelled',
  ).length;
  const time = seconds(tests.reduce((sum, { outcome }) => sum + outcome.ms, 0));
  const totals = `tests="${tests.length}" failures="${failed}" skipped="${skipped}" errors="0" time="${time}"`;
  return [`  <testsuite name="${escape(file)}" ${totals}>`, ...tests.map(caseOf), '  </testsuite>'].join('\n');
}

function caseOf(finished: FinishedTest): string {
  const { test, file, place, outcome } = finished;
  const attributes = `name="${escape(test.name)}" classname="${escape(file)}" file="${escape(file)}" line="${place.line}" time="${seconds(outcome.ms)}"`;
  const inner = [
    ...placedFailures(finished).map((failure) => failureOf(file, failure)),
    ...(outcome.verdict === 'skipped' ? [`      <skipped message="${escape(outcome.skip ?? '')}"/>`] : []),
    ...(outcome.verdict === 'cancelled' ? ['      <skipped message="cancelled"/>'] : []),
    ...(runsText(finished) === '' ? [] : [`      <system-out>${escape(runsText(finished))}</system-out>`]),
  ];
  if (inner.length === 0) return `    <testcase ${attributes}/>`;
  return [`    <testcase ${attributes}>`, ...inner, '    </testcase>'].join('\n');
}

function failureOf(file: string, { line, message, expected, actual }: PlacedFailure): string {
  const text = [`${file}:${line}`, message, '', 'Expected:', expected, '', 'Actual:', actual].join('\n');
  return `      <failure message="${escape(message)}" type="ExpectationFailed">${escape(text)}</failure>`;
}

function seconds(ms: number): string {
  return (ms / 1000).toFixed(3);
}

/** Characters that XML 1.0 does not allow, not even escaped. */
const forbidden = /[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/gu;

function escape(text: string): string {
  return text
    .replace(forbidden, '\uFFFD')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
}

import * as l10n from '@vscode/l10n';
import { reportedDuration } from '../../../base/common/localeFormats.ts';
import type { TestOutcome, FinishedTest, TestSummary } from './runTests.ts';
import type { Json } from '../../../base/common/json.ts';
import { alignSequences } from '../../../threads/common/compare/sequences.ts';
import type { TestFailure } from './evaluate.ts';
import { testFileExtension } from './fileNames.ts';

// What the command line reports of a run of tests, for people and for machines, and the spread of repeated runs.

/** A failure with its place in the test file. */
interface PlacedFailure extends TestFailure {
  readonly line: number;
  readonly column: number;
}

function placedFailures({ outcome, placeOf }: Pick<FinishedTest, 'outcome' | 'placeOf'>): readonly PlacedFailure[] {
  return outcome.failures.map((failure) => {
    const { line, column } = placeOf(failure.path);
    return { ...failure, line, column };
  });
}

/** Lines of a difference that are shown; the rest is cut in the middle. */
const maxLines = 40;

/** A line of a difference: only expected (`-`), only there (`+`), or both. */
interface DiffLine {
  readonly sign: '-' | '+' | ' ';
  readonly text: string;
}

/** Expected and actual, line by line; empty where both have one line, which the message already shows. */
function diffLines({ expected, actual }: Pick<TestFailure, 'expected' | 'actual'>): readonly DiffLine[] {
  if (!expected.includes('\n') && !actual.includes('\n')) return [];
  const [wanted, given] = [linesOf(expected), linesOf(actual)];
  const lines = alignSequences(wanted, given).map(({ left, right }): DiffLine => {
    if (left !== null && right !== null) return { sign: ' ', text: wanted[left] ?? '' };
    return left !== null ? { sign: '-', text: wanted[left] ?? '' } : { sign: '+', text: given[right ?? 0] ?? '' };
  });
  if (lines.length <= maxLines) return lines;
  const cut: DiffLine = { sign: ' ', text: `… ${lines.length - maxLines} lines more` };
  return [...lines.slice(0, maxLines / 2), cut, ...lines.slice(-maxLines / 2)];
}

function linesOf(text: string): readonly string[] {
  return text === '' ? [] : text.split('\n');
}

/** `3 of 5 runs passed`; empty for a test that ran once. */
function runsText({ outcome }: Pick<FinishedTest, 'outcome'>): string {
  const { runs } = outcome;
  if (runs.length < 2) return '';
  return l10n.t('{0} of {1} runs passed', runs.filter(({ passed }) => passed).length, runs.length);
}

/** JUnit XML: a suite for each file, a case for each test. Times in seconds. */
export function junitReport(summary: TestSummary): string {
  const files = [...new Set(summary.tests.map(({ file }) => file))];
  const suites = files.map((file) =>
    suiteOf(
      file,
      summary.tests.filter((test) => test.file === file),
    ),
  );
  const totals = totalsOf(summary.tests);
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites name="ChatKit" ${totals} time="${seconds(summary.ms)}">`,
    ...suites,
    '</testsuites>',
    '',
  ].join('\n');
}

function totalsOf(tests: readonly FinishedTest[]): string {
  const verdicts = tests.map(({ outcome }) => outcome.verdict);
  const failed = verdicts.filter((verdict) => verdict === 'failed').length;
  const skipped = verdicts.filter((verdict) => verdict === 'skipped' || verdict === 'cancelled').length;
  return `tests="${tests.length}" failures="${failed}" skipped="${skipped}" errors="0"`;
}

function suiteOf(file: string, tests: readonly FinishedTest[]): string {
  const time = seconds(tests.reduce((sum, { outcome }) => sum + outcome.ms, 0));
  const totals = `${totalsOf(tests)} time="${time}"`;
  return [`  <testsuite name="${escapeXml(file)}" ${totals}>`, ...tests.map(caseOf), '  </testsuite>'].join('\n');
}

function caseOf(finished: FinishedTest): string {
  const { test, file, place, outcome } = finished;
  const attributes = `name="${escapeXml(test.name)}" classname="${escapeXml(classNameOf(file))}" file="${escapeXml(file)}" line="${place.line}" time="${seconds(outcome.ms)}"`;
  const inner = [
    ...failureOf(file, placedFailures(finished)),
    ...(outcome.verdict === 'skipped' ? [`      <skipped message="${escapeXml(outcome.skip ?? '')}"/>`] : []),
    ...(outcome.verdict === 'cancelled' ? ['      <skipped message="cancelled"/>'] : []),
    ...(runsText(finished) === '' ? [] : [`      <system-out>${escapeXml(runsText(finished))}</system-out>`]),
  ];
  if (inner.length === 0) return `    <testcase ${attributes}/>`;
  return [`    <testcase ${attributes}>`, ...inner, '    </testcase>'].join('\n');
}

/** Programs split a class name at its dots, into packages. */
function classNameOf(file: string): string {
  const name = file.endsWith(testFileExtension) ? file.slice(0, -testFileExtension.length) : file;
  return name.replaceAll('.', '_');
}

/** One element for all failures of a test: programs read only the first one. */
function failureOf(file: string, failures: readonly PlacedFailure[]): readonly string[] {
  const [first] = failures;
  if (first === undefined) return [];
  const more = failures.length > 1 ? ` (and ${failures.length - 1} more)` : '';
  const texts = failures.map(({ line, message, expected, actual }) =>
    [`${file}:${line}`, message, '', 'Expected:', expected, '', 'Actual:', actual].join('\n'),
  );
  const message = escapeXml(`${first.message}${more}`);
  return [`      <failure message="${message}" type="ExpectationFailed">${escapeXml(texts.join('\n\n'))}</failure>`];
}

function seconds(ms: number): string {
  return (ms / 1000).toFixed(3);
}

/** Characters that XML 1.0 does not allow, not even escaped. */
const forbidden = /[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/gu;

function escapeXml(text: string): string {
  return text
    .replace(forbidden, '\uFFFD')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
}

/**
 * Workflow commands that mark each failure at its line, ending with a line end; empty where all passed. `pathOf`: the path of a
 * shown file from the root of the repository.
 */
export function githubReport(summary: TestSummary, pathOf: (file: string) => string): string {
  return summary.tests.map((finished) => githubTest(finished, pathOf(finished.file))).join('');
}

/** Workflow commands between which a runner interprets nothing that is printed. `token`: not predictable. */
export function githubQuotes(token: string): { readonly start: string; readonly end: string } {
  return { start: `::stop-commands::${token}\n`, end: `::${token}::\n` };
}

function githubTest(finished: FinishedTest, file: string): string {
  const { test } = finished;
  return placedFailures(finished)
    .map(({ line, column, message, expected, actual }) => {
      const place = `file=${commandProperty(file)},line=${line},col=${column},title=${commandProperty(test.name)}`;
      const details = expected === '' && actual === '' ? '' : `\nExpected: ${expected}\nActual: ${actual}`;
      return `::error ${place}::${commandData(`${message}${details}`)}\n`;
    })
    .join('');
}

/** Logs are shown in terminals too, so only line ends are left of the characters that one interprets. */
function commandData(text: string): string {
  return text
    .split(/(\r?\n)/)
    .map((part) => (part.includes('\n') ? part : safe(part)))
    .join('')
    .replaceAll('%', '%25')
    .replaceAll('\r', '%0D')
    .replaceAll('\n', '%0A');
}

function commandProperty(text: string): string {
  return commandData(text).replaceAll(':', '%3A').replaceAll(',', '%2C');
}

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

interface PrettyOptions {
  /** Escape sequences for colours; only where a terminal shows them. */
  readonly color: boolean;
}

const codes = { red: 31, green: 32, yellow: 33, dim: 2, bold: 1 } as const;
type Paint = (style: keyof typeof codes, text: string) => string;

function painter({ color }: PrettyOptions): Paint {
  return (style, text) => (color ? `\u001B[${codes[style]}m${text}\u001B[0m` : text);
}

/** The lines for one finished test, ending with a line end. */
export function prettyTest(finished: FinishedTest, options: PrettyOptions): string {
  const paint = painter(options);
  const { test, outcome, file } = finished;
  const runs = runsText(finished);
  const { verdict } = outcome;
  const notes = [
    verdict === 'skipped' ? '' : verdict === 'cancelled' ? 'cancelled' : reportedDuration(outcome.ms),
    runs,
    safe(outcome.skip ?? ''),
  ].filter(Boolean);
  const note = notes.length === 0 ? '' : ` ${paint('dim', `(${notes.join(', ')})`)}`;
  const head = `${signOf(verdict, paint)} ${safe(test.name)}${note}`;
  const failures = placedFailures(finished).flatMap(({ line, column, message, ...failure }) => [
    `  ${paint('red', safe(message))}`,
    `  ${paint('dim', `at ${safe(file)}:${line}:${column}`)}`,
    ...diffLines(failure).map(({ sign, text }) => {
      const shown = `    ${sign} ${safe(text)}`;
      return sign === ' ' ? shown : paint(sign === '-' ? 'green' : 'red', shown);
    }),
  ]);
  return [head, ...failures, ''].join('\n');
}

/** The last lines of a run. */
export function prettySummary(summary: TestSummary, options: PrettyOptions): string {
  const paint = painter(options);
  const { passed, failed, skipped, notRun, ms } = summary;
  const parts = [
    failed > 0 ? paint('red', `${failed} failed`) : '',
    paint(passed > 0 ? 'green' : 'dim', `${passed} passed`),
    skipped > 0 ? paint('yellow', `${skipped} skipped`) : '',
    notRun > 0 ? paint('yellow', `${notRun} not run`) : '',
  ].filter(Boolean);
  return `\n${parts.join(', ')} ${paint('dim', `(${reportedDuration(ms)})`)}\n`;
}

function signOf(verdict: FinishedTest['outcome']['verdict'], paint: Paint): string {
  if (verdict === 'passed') return paint('green', '✓');
  return verdict === 'failed' ? paint('red', '✗') : paint('yellow', '-');
}

/** Texts are from servers: removes what a terminal would interpret. */
function safe(text: string): string {
  return text.replace(/(?!\t)[\p{Cc}\p{Bidi_Control}]/gu, '');
}

/**
 * Lines that show how the runs of a test differ: the verdict and times of each, the smallest, middle and largest time, and
 * how often each failure occurred. Empty for one run.
 */
export function spreadLines({ runs }: Pick<TestOutcome, 'runs'>): readonly string[] {
  if (runs.length < 2) return [];
  const firstTexts = runs.flatMap(({ script }) => script.steps.flatMap(({ firstTextMs }) => firstTextMs ?? []));
  const failures = new Map<string, number>();
  for (const run of runs) {
    for (const message of new Set(run.failures.map((failure) => failure.message))) {
      failures.set(message, (failures.get(message) ?? 0) + 1);
    }
  }
  return [
    l10n.t('{0} of {1} runs passed', runs.filter(({ passed }) => passed).length, runs.length),
    ...runs.map(({ passed, ms, script }, index) => {
      const thread = script.threadId === null ? '' : `  ${script.threadId}`;
      return `  ${passed ? '✓' : '✗'} ${l10n.t('run {0}', index + 1)}  ${reportedDuration(ms)}${thread}`;
    }),
    `  ${l10n.t('time: {0}', range(runs.map(({ ms }) => ms)))}`,
    ...(firstTexts.length === 0 ? [] : [`  ${l10n.t('first text: {0}', range(firstTexts))}`]),
    ...[...failures].sort(([, a], [, b]) => b - a).map(([message, count]) => `  ${count}× ${message}`),
  ];
}

/** `120 ms to 310 ms, median 150 ms` */
function range(times: readonly number[]): string {
  const sorted = times.toSorted((a, b) => a - b);
  const [least = 0, middle = 0, most = 0] = [sorted[0], sorted[sorted.length >> 1], sorted.at(-1)];
  const [from, to, median] = [least, most, middle].map(reportedDuration);
  return l10n.t('{0} to {1}, median {2}', from ?? '', to ?? '', median ?? '');
}

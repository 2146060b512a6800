import { reportedDuration } from '../../../../base/common/localeFormats.ts';
import type { FinishedTest, TestSummary } from '../runTests.ts';
import { diffLines, placedFailures, runsText } from './failureLines.ts';

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
  const notes = [
    outcome.verdict === 'skipped' ? '' : reportedDuration(outcome.ms),
    runs,
    safe(outcome.skip ?? ''),
  ].filter(Boolean);
  const note = notes.length === 0 ? '' : ` ${paint('dim', `(${notes.join(', ')})`)}`;
  const head = `${signOf(outcome.verdict, paint)} ${safe(test.name)}${note}`;
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

/** All of it. */
export function prettyReport(summary: TestSummary, options: PrettyOptions): string {
  return summary.tests.map((test) => prettyTest(test, options)).join('') + prettySummary(summary, options);
}

function signOf(verdict: FinishedTest['outcome']['verdict'], paint: Paint): string {
  if (verdict === 'passed') return paint('green', '✓');
  return verdict === 'failed' ? paint('red', '✗') : paint('yellow', '-');
}

/** Texts are from servers: removes what a terminal would interpret. */
function safe(text: string): string {
  return text.replace(/(?!\t)[\p{Cc}\p{Bidi_Control}]/gu, '');
}

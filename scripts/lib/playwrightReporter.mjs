// A reporter for Playwright: a line on the screen for each test, and a JSON line in the file PLAYWRIGHT_RESULTS names.
import { appendFileSync } from 'node:fs';
import { stripVTControlCharacters } from 'node:util';

const marks = /** @type {Record<string, string>} */ ({ passed: '✓', skipped: '-' });

export default class PlaywrightReporter {
  /**
   * @param {import('@playwright/test/reporter').TestCase} test
   * @param {import('@playwright/test/reporter').TestResult} result
   */
  onTestEnd(test, { status, errors, duration, steps }) {
    const name = test.titlePath().filter(Boolean).slice(1).join(' › ');
    const outcome = status === 'passed' || status === 'skipped' ? status : 'failed';
    const broken = steps.filter(({ category, error }) => category === 'test.step' && error !== undefined);
    const where = broken.map(({ title }) => `In the step “${title}”:\n`);
    const texts = errors.map(({ stack, message }) => stack ?? message);
    const details = stripVTControlCharacters(where.join('') + texts.join('\n'));
    process.stdout.write(`  ${marks[outcome] ?? '✗'} ${name} (${Math.round(duration)} ms)\n`);
    const file = process.env['PLAYWRIGHT_RESULTS'];
    if (file) appendFileSync(file, `${JSON.stringify({ name, outcome, details })}\n`);
    else if (outcome === 'failed') process.stdout.write(`${details}\n`);
  }

  /** Errors outside of a test: a file that does not load, a fixture that fails to stop. @param {{ message?: string }} error */
  onError({ message = '' }) {
    process.stdout.write(`${stripVTControlCharacters(message)}\n`);
  }

  printsToStdio() {
    return true;
  }
}

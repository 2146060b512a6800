// A reporter for `node --test`: one JSON line for each test. One that failed only because a subtest did is left out.
import { relative } from 'node:path';
import { inspect } from 'node:util';

/**
 * @param {AsyncIterable<import('node:test/reporters').TestEvent>} source
 * @returns {AsyncGenerator<string>}
 */
export default async function* unitReporter(source) {
  for await (const event of source) {
    if (event.type !== 'test:pass' && event.type !== 'test:fail') continue;
    const { name: title, file = '', details } = event.data;
    const name = `${relative(process.cwd(), file)} › ${title}`;
    if (event.type === 'test:pass') {
      if (details.type !== 'suite') yield line({ name, outcome: event.data.skip === undefined ? 'passed' : 'skipped' });
      continue;
    }
    const error = /** @type {Error & { failureType?: string }} */ (event.data.details.error);
    if (error.failureType === 'subtestsFailed') continue;
    const cause = error.cause instanceof Error ? (error.cause.stack ?? error.cause.message) : inspect(error.cause);
    yield line({ name, outcome: 'failed', details: cause });
  }
}

/** @param {{ name: string, outcome: string, details?: string }} result */
const line = (result) => `${JSON.stringify(result)}\n`;

import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { sampleCases } from '../../../support/jinja/arbitraries.ts';
import { hasJinja, renderWithPython } from '../../../support/jinja/python.ts';
import { render, sameResult } from '../../../support/jinja/render.ts';

/** Set to 20000 for the long run; the seed then changes as well. */
const count = Number(process.env['CHATKIT_JINJA_CASES'] ?? 200);
const seed = Number(process.env['CHATKIT_JINJA_SEED'] ?? 1);
const skip = hasJinja() ? false : 'python3 with Jinja2 3.1.6 is not on this machine';

describe('generated templates beside Jinja2', () => {
  test(`${count} templates have the same text or the same kind of error`, { skip }, () => {
    const cases = sampleCases(count, seed);
    const results = renderWithPython(cases);
    const different = cases.flatMap((each, index) => {
      const expected = results[index];
      const actual = render(each);
      return expected !== undefined && sameResult(expected, actual) ? [] : [{ ...each, expected, actual }];
    });
    assert.deepEqual(different, []);
  });
});

import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { readRecorded, type RecordedName } from '../../../support/jinja/recorded.ts';
import { render, sameResult } from '../../../support/jinja/render.ts';

const shares: Readonly<Record<RecordedName, number>> = { generated: 1000, written: 3700 };

describe('recorded results of Jinja2', () => {
  for (const name of ['generated', 'written'] as const) {
    test(`every ${name} template has the same text or the same kind of error`, () => {
      const cases = readRecorded(name);
      assert.ok(cases.length >= shares[name], 'the corpus is complete');
      const different = cases
        .map((each) => ({ template: each.template, expected: each, actual: render(each) }))
        .filter(({ expected, actual }) => !sameResult(expected, actual));
      assert.deepEqual(different, []);
    });
  }
});

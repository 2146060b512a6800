import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import {
  githubReport,
  jsonReport,
  junitReport,
  prettySummary,
  prettyTest,
} from '../../../src/conversation/common/tests/reports.ts';
import type { TestSummary } from '../../../src/conversation/common/tests/runTests.ts';
import { finishedTests } from './outcomes.ts';

/** What the command prints. */
function prettyReport(whole: TestSummary, options: { readonly color: boolean }): string {
  return whole.tests.map((one) => prettyTest(one, options)).join('') + prettySummary(whole, options);
}

const summary: TestSummary = { passed: 1, failed: 1, skipped: 1, notRun: 0, ms: 1512, tests: finishedTests() };

describe('reports', () => {
  test('json', () => {
    assert.deepEqual(jsonReport(summary), {
      passed: 1,
      failed: 1,
      skipped: 1,
      notRun: 0,
      ms: 1512,
      tests: [
        {
          name: 'one',
          file: 'tests/orders.chatkit-test.json',
          line: 3,
          verdict: 'passed',
          ms: 12,
          runs: [{ passed: true, ms: 12, threadId: 'thr_1' }],
          failures: [],
        },
        {
          name: 'two <b>',
          file: 'tests/orders.chatkit-test.json',
          line: 4,
          verdict: 'failed',
          ms: 1500,
          runs: [
            { passed: true, ms: 12, threadId: 'thr_1' },
            { passed: false, ms: 12, threadId: 'thr_1' },
          ],
          failures: [
            {
              line: 5,
              message: 'No widget; found "a\u001B[31m" & more',
              expected: 'Card\n  Row',
              actual: 'Card\n  Col',
            },
          ],
        },
        {
          name: 'three',
          file: 'tests/orders.chatkit-test.json',
          line: 7,
          verdict: 'skipped',
          ms: 0,
          runs: [],
          failures: [],
        },
      ],
    });
  });

  test('pretty, without colours: the failure with its place and its difference, and no control characters', () => {
    assert.equal(
      prettyReport(summary, { color: false }),
      [
        '✓ one (12 ms)',
        '✗ two <b> (1.5 s, 1 of 2 runs passed)',
        '  No widget; found "a[31m" & more',
        '  at tests/orders.chatkit-test.json:5:45',
        '      Card',
        '    -   Row',
        '    +   Col',
        '- three (later)',
        '',
        '1 failed, 1 passed, 1 skipped (1.5 s)',
        '',
      ].join('\n'),
    );
  });

  test('pretty, with colours, has the same text', () => {
    const coloured = prettyReport(summary, { color: true });
    const escape = String.fromCharCode(27);
    assert.ok(coloured.includes(`${escape}[31m✗${escape}[0m two`));
    const plain = coloured.split(escape).map((part, index) => (index === 0 ? part : part.replace(/^\[\d+m/, '')));
    assert.equal(plain.join(''), prettyReport(summary, { color: false }));
  });

  test('junit', () => {
    const xml = junitReport(summary);
    assert.ok(
      xml.startsWith(
        '<?xml version="1.0" encoding="UTF-8"?>\n<testsuites name="ChatKit" tests="3" failures="1" skipped="1" errors="0" time="1.512">',
      ),
    );
    assert.ok(
      xml.includes(
        '<testcase name="two &lt;b&gt;" classname="tests/orders" file="tests/orders.chatkit-test.json" line="4" time="1.500">',
      ),
    );
    assert.ok(
      xml.includes(
        '<failure message="No widget; found &quot;a\uFFFD[31m&quot; &amp; more" type="ExpectationFailed">tests/orders.chatkit-test.json:5',
      ),
    );
    assert.ok(xml.includes('<skipped message="later"/>'));
  });

  test('junit has one element for all failures of a test, and a class name without dots', () => {
    const [, second] = finishedTests();
    assert.ok(second);
    const [failure] = second.outcome.failures;
    assert.ok(failure);
    const failures = [failure, { ...failure, message: 'Another' }];
    const tests = [{ ...second, file: 'a.b/c.d.chatkit-test.json', outcome: { ...second.outcome, failures } }];
    const xml = junitReport({ ...summary, tests });
    assert.equal(xml.match(/<failure /g)?.length, 1);
    assert.match(xml, /classname="a_b\/c_d" file="a\.b\/c\.d\.chatkit-test\.json"/);
    assert.match(xml, /<failure message="[^"]+ \(and 1 more\)" [^]*\nAnother\n[^]*<\/failure>/);
  });

  test('junit is well formed whatever the texts', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        const [first] = finishedTests();
        assert.ok(first);
        const failure = { path: [], message: text, expected: text, actual: text, step: 0, snapshot: null };
        const tests = [
          { ...first, file: text, outcome: { ...first.outcome, verdict: 'failed' as const, failures: [failure] } },
        ];
        const xml = junitReport({ ...summary, tests });
        assert.doesNotMatch(xml, /[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/u);
        const tags = xml.match(/<[^>]*>/g) ?? [];
        assert.ok(
          tags.every((tag) => /^<(\?xml|\/?(testsuites?|testcase|failure|skipped|system-out))[\s/>]/.test(tag)),
          xml,
        );
      }),
    );
  });

  test('github', () => {
    assert.equal(
      githubReport(summary, (file) => `server/${file}`),
      '::error file=server/tests/orders.chatkit-test.json,line=5,col=45,title=two <b>::No widget; found "a[31m" & more%0AExpected: Card%0A  Row%0AActual: Card%0A  Col\n',
    );
  });
});

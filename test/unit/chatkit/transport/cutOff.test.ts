import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { SourceError } from '../../../../src/chatkit/common/errors.ts';
import { readJson } from '../../../../src/chatkit/node/transport/body.ts';
import { ruleIds } from '../../../../src/chatkit/common/protocolProblems/catalogue/ruleIds.ts';
import { exactRedactor } from '../../../../src/base/common/redact.ts';

function read(text: string, report: (rule: string, start: string) => void = () => undefined): unknown {
  const response = { url: 'https://a.example', requestId: null, status: 200, headers: {}, body: Buffer.from(text) };
  return readJson(response, { host: 'a.example' }, exactRedactor(['hunter2-abcdef']), report);
}

describe('a body that is not JSON', () => {
  const rows: readonly (readonly [string, string, RegExp])[] = [
    ['a text without its end', '{"a": "b', /cut off/],
    ['a bracket of the wrong kind', '{"data": [}', /is not valid JSON/],
    ['levels without their ends', `{"a": ${'['.repeat(2_000)}`, /cut off/],
    ['an object without its end', '{"a": ["b"]', /cut off/],
    ['a text that ends with a backslash', '{"a": "b\\', /cut off/],
    ['a quotation mark that is escaped', '{"a": "b\\"', /cut off/],
    ['brackets inside a text', '{"a": "]}" x}', /not valid JSON/],
    ['something after the end', '{"a": 1} x', /not valid JSON/],
    ['a warning before JSON', '<b>Warning</b>: x\n{"a": 1}', /not valid JSON/],
    ['a text', 'Nothing here', /is not JSON/],
    ['a very long text without its end', `{"a": "${'x'.repeat(32_000_000)}`, /cut off/],
  ];
  for (const [name, text, message] of rows) {
    test(name, () => {
      assert.throws(
        () => read(text),
        (error) => error instanceof SourceError && message.test(error.message),
      );
    });
  }

  test('numbers that JSON does not have are read as null, and reported', () => {
    const rules: string[] = [];
    const body = read('{"a": NaN, "b": [Infinity, -Infinity], "c": "x: NaN"}', (rule) => void rules.push(rule));
    assert.deepEqual(body, { a: null, b: [null, null], c: 'x: NaN' });
    assert.deepEqual(rules, [ruleIds.invalidJson]);
  });

  test('is reported without the end of a secret that starts before the excerpt', () => {
    const reports: string[] = [];
    const text = `{"a": "hunter2-abcdef${'x'.repeat(94)}`;
    assert.throws(() => read(text, (_rule, start) => void reports.push(start)), SourceError);
    assert.doesNotMatch(reports.join(), /abcdef|cdef|def/);
    assert.equal(reports.length, 1);
  });
});

import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { parseTemplate, renderTemplate } from '../../../../src/widgets/common/jinja/template.ts';
import { PyDict } from '../../../../src/widgets/common/jinja/values/dictionary.ts';
import { JsonError, fromJson, parseJson } from '../../../../src/widgets/common/jinja/values/json.ts';
import { repr } from '../../../../src/widgets/common/jinja/values/repr.ts';

describe('JSON data', () => {
  for (const [text, shown] of [
    ['3', '3'],
    ['3.0', '3.0'],
    ['1e2', '100.0'],
    ['-0', '0'],
    ['-0.0', '-0.0'],
    ['12345678901234567890', '12345678901234567890'],
    ['[NaN, Infinity, -Infinity]', '[nan, inf, -inf]'],
    ['{"b": 1, "a": null, "b": true}', "{'b': True, 'a': None}"],
    ['"\\ud83d\\ude00\\n"', "'😀\\n'"],
    [' [ ] ', '[]'],
  ] as const) {
    test(`${text} is ${shown} in Python`, () => assert.equal(repr(parseJson(text)), shown));
  }

  for (const [text, offset] of [
    ['', 0],
    ['{"a" 1}', 5],
    ['[1,]', 3],
    ['[1 2]', 3],
    ['01', 1],
    ['"a', 0],
    ['"\t"', 1],
    ['nul', 0],
    ["{'a': 1}", 1],
  ] as const) {
    test(`${JSON.stringify(text)} is rejected at ${offset}`, () => {
      assert.throws(
        () => parseJson(text),
        (error) => error instanceof JsonError && error.offset === offset,
      );
    });
  }

  test('values of JavaScript become Python values', () => {
    const value = fromJson({ a: 1, b: 1.5, c: [true, null, 'x'], d: undefined, e: 2 ** 60 });
    assert.equal(repr(value), "{'a': 1, 'b': 1.5, 'c': [True, None, 'x'], 'e': 1.152921504606847e+18}");
  });

  test('names of the data replace globals', () => {
    const data = PyDict.of([['range', 5n]]);
    assert.equal(renderTemplate(parseTemplate('{{ range }}'), data).text, '5');
  });
});

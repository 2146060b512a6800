import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { BudgetError, TemplateError, UnsupportedError } from '../../../../src/widgets/common/jinja/core/errors.ts';
import { parseTemplate, renderTemplate } from '../../../../src/widgets/common/jinja/template.ts';
import { dataOf, render } from '../../../support/jinja/render.ts';

const attempt = (template: string, data = '{}') => renderTemplate(parseTemplate(template), dataOf(data));

const tooMuch: readonly (readonly [string, BudgetError['limit']])[] = [
  ['{% for i in range(10**12) %}{% endfor %}', 'maxSteps'],
  ['{{ range(10**18)|sum }}', 'maxSteps'],
  ['{% for i in range(10**6) %}{{ i }}{% endfor %}', 'maxOutputLength'],
  ["{{ 'x' * 10**9 }}", 'maxTextLength'],
  ["{{ 'a'.center(10**9) }}", 'maxTextLength'],
  ["{{ 'a'|indent(10**9) }}", 'maxTextLength'],
  ["{{ '{:1000000000}'.format(1) }}", 'maxTextLength'],
  ["{{ '%1000000000d' % 1 }}", 'maxTextLength'],
  ["{{ '%.100000000f' % 1.5 }}", 'maxTextLength'],
  ["{{ ('x' * 10**5).replace('x', 'y' * 10**5) }}", 'maxTextLength'],
  ["{{ ('a' ~ '\\t').expandtabs(10**9) }}", 'maxTextLength'],
  ['{{ lipsum(10**6) }}', 'maxTextLength'],
  ['{{ [1] * 10**9 }}', 'maxItems'],
  ["{% set x = ['a'] %}{% for i in range(99) %}{% set _ = x.extend(x) %}{% endfor %}", 'maxItems'],
  ["{{ (1).to_bytes(10**9, 'big') }}", 'maxItems'],
  ['{{ 7 ** (10 ** 9) }}', 'maxIntegerBits'],
  ['{{ (10 ** 9999) ** 9999 }}', 'maxIntegerBits'],
];

describe('limits', () => {
  for (const [template, limit] of tooMuch) {
    test(`${limit} ends ${template}`, () => {
      assert.throws(
        () => attempt(template),
        (error) => error instanceof BudgetError && error.limit === limit && error.range !== undefined,
      );
    });
  }

  test('a limit can be changed for one rendering', () => {
    const template = parseTemplate('{% for i in range(100) %}{{ i }}{% endfor %}');
    assert.throws(() => renderTemplate(template, dataOf('{}'), { limits: { maxSteps: 50 } }), BudgetError);
    assert.equal(renderTemplate(template, dataOf('{}')).text.length, 190);
  });

  for (const template of [
    '{% macro m() %}{{ m() }}{% endmacro %}{{ m() }}',
    '{% block b %}{{ self.b() }}{% endblock %}',
    '{% for x in [1] recursive %}{{ loop([1]) }}{% endfor %}',
    `{{ ${'('.repeat(200)}1${')'.repeat(200)} }}`,
    '{% set x = [] %}{% set y = [x] %}{% set _ = x.append(y) %}{{ x == y }}',
  ]) {
    test(`endless recursion is Python's error: ${template.slice(0, 60)}`, () => {
      const result = render({ template, data: '{}' });
      assert.equal('error' in result && result.error, 'RecursionError');
    });
  }

  test('macros nest as deeply as in Python', () => {
    const template = '{% macro m(n) %}{% if n > 0 %}{{ m(n - 1) }}{% endif %}{% endmacro %}{{ m(240) }}ok';
    assert.deepEqual(render({ template, data: '{}' }), { text: 'ok' });
  });

  // Twice the text may take at most about twice the steps: nothing walks over the whole rest again.
  for (const [name, expression] of [
    ['a long word in wordwrap', "('a' * n)|wordwrap(2)|length"],
    ['sigmas in title', "('Σ' * n).title()|length"],
    ['tags in striptags', "('<a' * n)|striptags|length"],
    ['brackets in urlize', "('(' * n)|urlize|length"],
  ] as const) {
    test(`${name}: 20,000 characters fit into the budget`, () => {
      assert.doesNotThrow(() => attempt(`{{ ${expression} }}`, '{"n": 20000}'));
    });
  }
});

describe('unsupported constructs', () => {
  for (const [template, construct] of [
    ['{{ "\\N{DIGIT ONE}" }}', 'characters by name (\\N{…})'],
    ['{{ x.__reduce__ }}', 'the attribute __reduce__'],
    ['{{ x.__lshift__ }}', 'the attribute __lshift__'],
    ['{{ "a".__mod__ }}', 'the attribute __mod__'],
    ['{{ y.__init__ }}', 'the attribute __init__'],
    ['{{ range.__len__ }}', 'the attribute __len__'],
  ] as const) {
    test(`are named: ${construct}`, () => {
      assert.throws(
        () => attempt(template, '{"x": 1}'),
        (error) =>
          error instanceof UnsupportedError && error.construct === construct && !(error instanceof TemplateError),
      );
    });
  }
});

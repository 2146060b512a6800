import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import type { JsonObject } from '../../../../src/base/common/json.ts';
import { renderTemplate } from '../../../../src/widgets/common/templates/render.ts';

const data: JsonObject = { x: { a: 1 }, items: [1, 2, 3], name: 'n' };

/** The code of its problem. */
function codeOf(template: string): string {
  const result = renderTemplate(template, data);
  assert.ok(!result.ok, 'it was rendered');
  return result.problem.code;
}

describe('templates that reach for what is not theirs', () => {
  const attacks = [
    '{{ "".constructor }}',
    '{{ "".constructor.constructor("return process")() }}',
    '{{ x.constructor.constructor("return globalThis")() }}',
    '{{ items.__proto__.push }}',
    '{{ x.__proto__ }}',
    '{{ x["__proto__"] }}',
    '{{ (1).toString.constructor("return 1")() }}',
    '{{ name.__class__.__mro__ }}',
    '{{ "".__class__.__base__.__subclasses__() }}',
    '{{ self.__init__.__globals__ }}',
    '{{ cycler.__init__.__globals__.os.popen("id").read() }}',
    '{{ config.items() }}',
    '{{ request.application }}',
    '{{ lipsum.__globals__ }}',
    '{{ joiner }}',
    '{{ process.env }}',
    '{{ globalThis }}',
    '{{ require("fs") }}',
    '{{ namespace.constructor }}',
    '{{ range.constructor("return process")() }}',
    '{% macro m() %}{% endmacro %}{{ m.constructor }}',
    '{{ strftime_now("%Y") }}',
    '{% include "/etc/passwd" %}',
    '{% import "os" as os %}',
    '{% extends "base" %}',
    '{% from "x" import y %}',
    '{% block a %}{% endblock %}',
    '{{ x|attr("__class__") }}',
    '{{ items|map("constructor")|list }}',
    '{{ x.toString }}',
    '{{ constructor }}',
    '{{ 1|constructor }}',
    '{{ 1 is constructor }}',
    '{{ namespace(a=1).__proto__ }}',
    '{{ items|groupby("constructor") }}',
    '{{ range }}',
    '{{ namespace }}',
    '{% set x.a = 2 %}',
    '{% set name.y = 2 %}',
  ];
  for (const attack of attacks) {
    test(attack, () => assert.notEqual(codeOf(attack), ''));
  }

  for (const name of ['constructor', '__proto__', 'toString', 'hasOwnProperty']) {
    test(`${name} of JavaScript is no member, filter, test or tag`, () => {
      assert.equal(codeOf(`{{ ${name} }}`), 'undefinedName');
      for (const value of ['x', 'name', 'items', '(5)', 'str', 'namespace(a=1)', 'range']) {
        assert.match(codeOf(`{{ ${value}.${name} }}`), /^undefined/, value);
      }
      for (const template of [`{{ 1|${name} }}`, `{{ 1 is ${name} }}`, `{% ${name} %}`]) {
        assert.equal(codeOf(template), 'python', template);
      }
    });
  }

  test('data is not changed', () => {
    const before = structuredClone(data);
    renderTemplate('{% set items = [] %}{% set ns = namespace(x) %}{% set ns.a = 9 %}{{ items }}', data);
    assert.deepEqual(data, before);
  });
});

describe('templates that would never end', () => {
  const cases: readonly (readonly [string, string])[] = [
    ['{% for i in range(10000000000) %}{% endfor %}', 'tooManySteps'],
    ['{% for i in range(20000) %}{% for j in range(20000) %}{% endfor %}{% endfor %}', 'tooManySteps'],
    ['{% for i in range(20000) %}{% for j in range(20000) if j == i %}x{% endfor %}{% endfor %}', 'tooManySteps'],
    ['{% macro m(a) %}{{ m(a) }}{% endmacro %}{{ m(1) }}', 'tooDeep'],
    ['{% macro a() %}{{ b() }}{% endmacro %}{% macro b() %}{{ a() }}{% endmacro %}{{ a() }}', 'tooDeep'],
    [
      '{% set n = namespace(a="xxxxxxxxxxxxxxxx") %}{% for i in range(99) %}{% set n.a = n.a ~ n.a %}{% endfor %}',
      'textTooLong',
    ],
    [
      '{% set n = namespace(a="xxxxxxxxxxxxxxxx") %}{% for i in range(99) %}{% set n.a = n.a + n.a %}{% endfor %}',
      'textTooLong',
    ],
    ['{% set n = namespace(a=[1, 2]) %}{% for i in range(99) %}{% set n.a = n.a + n.a %}{% endfor %}', 'listTooLong'],
    [`{{ range(20000)|list|join("${'x'.repeat(5_000)}") }}`, 'textTooLong'],
    [`{{ "${'a'.repeat(5_000)}"|replace("a", "${'b'.repeat(5_000)}") }}`, 'textTooLong'],
    [`{{ "${'a'.repeat(5_000)}".replace("a", "${'b'.repeat(5_000)}") }}`, 'textTooLong'],
    ['{{ "a\\nb"|indent(900000000) }}', 'textTooLong'],
    ['{{ x|tojson(indent=900000000) }}', 'textTooLong'],
    ['{{ "%9999999s"|format("a") }}', 'textTooLong'],
    ['{{ 7 ** (10 ** 9) }}', 'integerTooLong'],
    [`{{ ${'('.repeat(50_000)} }}`, 'tooDeep'],
    [`{{ ${'-'.repeat(50_000)}1 }}`, 'tooDeep'],
    [`{{ ${'['.repeat(1_000)}${']'.repeat(1_000)} }}`, 'tooDeep'],
    [`${'{% if true %}'.repeat(20_000)}`, 'tooDeep'],
    [' '.repeat(200_000), 'notJson'],
    [`{{ 1 }}${' '.repeat(200_000)}{%`, 'python'],
    ['x'.repeat(300_001), 'sourceTooLong'],
    [
      `{% set a = "${'ab'.repeat(40_000)}" %}{% for i in range(20000) %}{% if "${'ba'.repeat(20_000)}" in a %}{% endif %}{% endfor %}`,
      'tooManySteps',
    ],
  ];
  for (const [template, code] of cases) {
    test(`${template.slice(0, 90)}: ${code}`, () => assert.equal(codeOf(template), code));
  }

  test('texts that are captured again and again are traced within the memory', () => {
    const template = '{% set n = namespace(t="") %}{% for i in range(1500) %}{% set t %}{{ n.t }}x{{ i }}{% endset %}{% set n.t = t %}{% endfor %}{{ n.t|tojson }}'; // prettier-ignore
    const result = renderTemplate(template, {});
    assert.ok(result.ok, JSON.stringify(result));
    assert.notEqual(result.trace(5), null);
  });

  test('data nested deeper than calls can be', () => {
    let deep: JsonObject = {};
    for (let level = 0; level < 100_000; level += 1) deep = { a: deep };
    const result = renderTemplate('{{ x|tojson }}', { x: deep });
    assert.ok(!result.ok);
    assert.equal(result.problem.code, 'tooDeep');
  });
});

test('never throws for any template', () => {
  const piece = fc.constantFrom(
    '{{', '}}', '{%', '%}', '{#', '#}', '-%}', '{%-', ' ', '\n', 'x', 'name', 'items', '.', '[', ']', '(', ')', '"', "'", '|',
    'tojson', 'default', 'if', 'else', 'endif', 'for', 'in', 'endfor', 'set', 'endset', 'macro', 'endmacro', 'is', 'not', 'none',
    '~', '==', '+', ',', ':', '{', '}', '1', '\\', 'true', 'and', 'or', 'é', 'range(9)', 'loop.index',
  ); // prettier-ignore
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 40 }), (pieces) => {
      const source = pieces.join(' ');
      const result = renderTemplate(source, data);
      if (result.ok) return;
      const { line, column, offset } = result.problem;
      assert.ok(line >= 1 && column >= 1 && offset >= 0 && offset <= source.length);
    }),
    { numRuns: 3_000 },
  );
});

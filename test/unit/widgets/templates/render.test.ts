import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { Json, JsonObject } from '../../../../src/base/common/json.ts';
import { formatTemplateProblem, templateProblemCodes } from '../../../../src/widgets/common/templates/problems.ts';
import { renderTemplate } from '../../../../src/widgets/common/templates/render.ts';

/** The output as text, valid JSON or not. */
function textOf(template: string, data: JsonObject = {}): string {
  const result = renderTemplate(template, data);
  assert.ok(result.text !== null, result.ok ? '' : JSON.stringify(result.problems));
  return result.text;
}

/** Problems as `code arguments @line:column`. */
function problemsOf(template: string, data: JsonObject = {}): readonly string[] {
  const result = renderTemplate(template, data);
  assert.ok(!result.ok, 'it rendered');
  return result.problems.map(({ code, args, line, column }) => `${[code, ...args].join(' ')} @${line}:${column}`);
}

// Each line was generated with jinja2 3.1.6 (`Environment(undefined=StrictUndefined)`), as the Python package uses it.
describe('renders like Python', () => {
  const items: Json = [
    { n: 'b', v: 2, on: true },
    { n: 'a', v: 1, on: false },
  ];
  const cases: readonly (readonly [template: string, data: JsonObject, output: string])[] = [
    [
      '{{ x|tojson }}',
      { x: { b: 1, a: 'é<>&\'\u2028"\\ \u007f😀' } },
      '{"a": "\\u00e9\\u003c\\u003e\\u0026\\u0027\\u2028\\"\\\\ \\u007f\\ud83d\\ude00", "b": 1}',
    ],
    ['{{ x|tojson }}', { x: [1, 1e21, 1e-7, 0.1, null, true, {}, []] }, '[1, 1e+21, 1e-07, 0.1, null, true, {}, []]'],
    ['{{ x|tojson(indent=2) }}', { x: { a: [1, 2], b: {} } }, '{\n  "a": [\n    1,\n    2\n  ],\n  "b": {}\n}'],
    ['{{ "a" ~ none ~ true ~ 1.5 ~ [1, "b", none] ~ {"k": "v"} }}', {}, "aNoneTrue1.5[1, 'b', None]{'k': 'v'}"],
    ['{{ none }} {{ true }} {{ 1.5 }} {{ [1, "it\'s", false] }}', {}, 'None True 1.5 [1, "it\'s", False]'],
    [
      '{{ x.a is none }} {{ y is not none }} {{ x.a is defined }} {{ y is undefined }}',
      { x: {} },
      'False True False True',
    ],
    ['{{ y|default("d") }}{{ x.a|default("e") }}{{ "" | default("f", true) }}', { x: {} }, 'def'],
    ['{{ [1] == [1] }} {{ 1 == "1" }} {{ 1 == true }} {{ {"a": [1]} != {"a": [1]} }}', {}, 'True False True False'],
    ['{{ 2 in [1, 2] }} {{ [1] in [[1]] }} {{ "b" in "abc" }} {{ "x" not in "abc" }}', {}, 'True True True True'],
    ['{{ "a" < "b" }} {{ 1 < 2 }} {{ "b" >= "a" }}', {}, 'True True True'],
    ['{{ "yes" if x else "no" }}', { x: [] }, 'no'],
    ['{% for a in "abc" %}{{ a }}-{% endfor %}', {}, 'a-b-c-'],
    [
      '{% for i in x %}{{ loop.index }}{{ i.n }}{% if not loop.last %},{% endif %}{% else %}none{% endfor %}',
      { x: items },
      '1b,2a',
    ],
    ['{% for i in [] %}x{% else %}none{% endfor %}', {}, 'none'],
    ['{% for k, v in x.items() %}{{ k }}={{ v }};{% endfor %}', { x: { a: 1, b: 'c' } }, 'a=1;b=c;'],
    ['{% set c %},a,b{% endset %}{{ c[1:] if c and c[0] == "," else c }}', {}, 'a,b'],
    ['{% macro m(a, b="z") %}<{{ a }}{{ b }}>{% endmacro %}{{ m("x") }}{{ m("x", b="y") }}', {}, '<xz><xy>'],
    [
      '{{ x|map(attribute="n")|join("-") }} {{ x|selectattr("on")|map(attribute="n")|list }}',
      { x: items },
      "b-a ['b']",
    ],
    [
      '{{ x|selectattr("v", "gt", 1)|list|length }} {{ x|rejectattr("n", "equalto", "a")|list|length }}',
      { x: items },
      '1 1',
    ],
    [
      '{{ (x|sort(attribute="n"))[0].n }} {{ [3, 1, 2]|sort|join }} {{ [1, 2]|reverse|list }}',
      { x: items },
      'a 123 [2, 1]',
    ],
    ['{{ [1, 2, 3]|sum }} {{ [1, 3]|max }} {{ [4, 2]|min }} {{ [5, 6]|first }}{{ [5, 6]|last }}', {}, '6 3 2 56'],
    [
      '{{ "abc"|upper }} {{ "ABC"|lower }} {{ " a "|trim }} {{ "ab"|length }} {{ "a-b"|replace("-", "+") }}',
      {},
      'ABC abc a 2 a+b',
    ],
    ['{{ "%s of %d: %.2f%%"|format("a", 3, 1.5) }}', {}, 'a of 3: 1.50%'],
    ['{{ "a<b"|e }}', {}, 'a&lt;b'],
    ['{{ 7 // 2 }} {{ 7 % 3 }} {{ 2 ** 3 }} {{ 1 + 2 * 3 }}', {}, '3 1 8 7'],
    ['{{ range(3)|list }} {{ range(1, 7, 3)|list }}', {}, '[0, 1, 2] [1, 4]'],
    ['a{# not shown #}b\n', {}, 'ab'],
    ['  {%- if true %} x {%- endif -%}  y', {}, ' xy'],
    ['{{ range }}', { range: 'data hides it' }, 'data hides it'],
    ['{{ x["a b"] }}{{ x.get("no", "d") }}', { x: { 'a b': 1 } }, '1d'],
  ];
  for (const [template, data, output] of cases) {
    test(template, () => assert.equal(textOf(template, data), output));
  }
});

describe('undefined names', () => {
  const cases: readonly (readonly [template: string, data: JsonObject, problems: readonly string[]])[] = [
    ['{"a": {{ name }}}', {}, ['undefinedName name @1:10']],
    [
      '{\n  "a": {{ x.name }},\n  "b": {{ other|tojson }}\n}',
      { x: {} },
      ['undefinedMember x.name @2:13', 'undefinedName other @3:11'],
    ],
    [
      '{% for i in items %}{{ i.name }}{% endfor %}',
      { items: [{}, { name: 'a' }, {}] },
      ['undefinedMember i.name @1:26'],
    ],
    ['{{ x["name"] }}', { x: {} }, ['undefinedMember x[…] @1:4']],
    ['{{ x.a.b.c }}', { x: {} }, ['undefinedMember x.a @1:6']],
    ['{% if name %}a{% endif %}', {}, ['undefinedName name @1:7']],
    ['{{ name or "d" }}', {}, ['undefinedName name @1:4']],
    ['{{ missing.deep is defined }}', {}, ['undefinedName missing @1:4']],
    ['{{ "a" if false }}', {}, ['noElse @1:4']],
    ['{{ raise_exception("x") }}', {}, ['undefinedName raise_exception @1:4']],
    ['{% set a = b %}{{ a }}', {}, ['undefinedName b @1:12']],
    ['{% macro m(a) %}{{ a }}{% endmacro %}\n{{ m() }}', {}, ['undefinedName a @1:20']],
  ];
  for (const [template, data, problems] of cases) {
    test(template, () => assert.deepEqual(problemsOf(template, data), problems));
  }

  const fine: readonly (readonly [string, JsonObject])[] = [
    ['{% if false %}{{ name }}{% endif %}1', {}],
    ['{{ 1 if x is not defined else x.y.z }}', {}],
    ['{% for i in [] %}{{ name }}{% endfor %}1', {}],
    ['{{ false and name }}', {}],
    ['{% set a = 1 %}{{ a }}', {}],
    ['{% macro m(a) %}{{ name }}{% endmacro %}1', {}],
  ];
  for (const [template, data] of fine) {
    test(`${template}: names that are not evaluated are not reported`, () => {
      assert.ok(textOf(template, data).length > 0);
    });
  }
});

describe('positions of errors', () => {
  const cases: readonly (readonly [string, readonly string[]])[] = [
    ['a\n{% if %}', ['syntax Unexpected token: CloseStatement @2:7']],
    ["a\n\n {{ 'abc }}", ['runtime Unexpected end of input @3:2']],
    ['{% for a in [1] %}\n{{ a }}', ['syntax']],
    ['a\n{{ 3|nonsense }}', ['runtime Unknown NumericValue filter: nonsense @2:4']],
    ['a\n  {% break %}', ['unsupported break']],
    ['{% generation %}a{% endgeneration %}', ['unsupported generation @1:1']],
    ['{% include "x" %}', ['syntax Unknown statement type: include @1:4']],
    ['{"a": }', ['notJson']],
  ];
  for (const [template, [expected = '']] of cases) {
    test(JSON.stringify(template), () => {
      const [first = ''] = problemsOf(template);
      assert.ok(first.startsWith(expected), first);
    });
  }

  test('output that is not valid JSON is returned as text', () => {
    const result = renderTemplate('{"a": {{ x }}}', { x: true });
    assert.equal(result.text, '{"a": True}');
    assert.equal(result.ok, false);
  });

  test('every message contains its arguments', () => {
    for (const code of templateProblemCodes) {
      const text = formatTemplateProblem({ code, args: ['a'] });
      assert.doesNotMatch(text, /\{\d\}/);
    }
  });
});

import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { Json, JsonObject } from '../../../../src/base/common/json.ts';
import { formatTemplateProblem, templateProblemCodes } from '../../../../src/widgets/common/templates/problems.ts';
import { renderTemplate } from '../../../../src/widgets/common/templates/render.ts';

/** The output as text, whether it is JSON or not. */
function textOf(template: string, data: JsonObject = {}): string {
  const result = renderTemplate(template, data);
  if (result.ok) return result.text;
  assert.ok(result.unreadable, JSON.stringify(result));
  return result.unreadable.text;
}

/** The problem as `code arguments @line:column marked text`. */
function problemOf(template: string, data: JsonObject = {}): string {
  const result = renderTemplate(template, data);
  assert.ok(!result.ok, 'it rendered');
  const { code, args, line, column, offset, length } = result.problem;
  return `${[code, ...args].join(' ')} @${line}:${column} ${template.slice(offset, offset + length)}`;
}

// Each line was made with jinja2 3.1.6 (`Environment(undefined=StrictUndefined)`), as the Python package uses it.
describe('as Python has it', () => {
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

describe('strict about names', () => {
  const cases: readonly (readonly [template: string, data: JsonObject, problem: string])[] = [
    ['{"a": {{ name }}}', {}, 'undefinedName name @1:10 name'],
    ['{\n  "a": {{ x.name }},\n  "b": {{ other|tojson }}\n}', { x: {} }, 'undefinedMember x.name @2:13 name'],
    ['{% for i in items %}{{ i.name }}{% endfor %}', { items: [{}] }, 'undefinedMember i.name @1:26 name'],
    ['{{ x["name"] }}', { x: {} }, 'undefinedMember x["name"] @1:7 name'],
    ['{{ x[0].name }}', { x: [{}] }, 'undefinedMember x[0].name @1:9 name'],
    ['{{ x.a.b.c }}', { x: {} }, 'undefinedMember x.a @1:6 a'],
    ['{{ x.name.name }}', { x: {}, name: 1 }, 'undefinedMember x.name @1:6 name'],
    ['{{ rename(name) }}', {}, 'undefinedName rename @1:4 rename'],
    ['{{ "names"|replace(x, name) }}', { x: 'a' }, 'undefinedName name @1:23 name'],
    ['{{ (name)|tojson }}', {}, 'undefinedName name @1:5 name'],
    ['{{ [1, x.name]|tojson }}', { x: {} }, 'undefinedMember x.name @1:10 name'],
    ['{% if name %}a{% endif %}', {}, 'undefinedName name @1:7 name'],
    ['{{ name or "d" }}', {}, 'undefinedName name @1:4 name'],
    ['{{ missing.deep is defined }}', {}, 'undefinedName missing @1:4 missing'],
    ['{{ raise_exception("x") }}', {}, 'undefinedName raise_exception @1:4 raise_exception'],
    ['{% set a = b %}{{ a }}', {}, 'undefinedName b @1:19 a'],
    [
      '{% macro m(a) %}{{ a }}{% endmacro %}\n{{ m() }}',
      {},
      "python UndefinedError parameter 'a' was not provided @1:20 a",
    ],
    ['{{ x[5] }}', { x: [1] }, 'python UndefinedError list object has no element 5 @1:4 x[5]'],
  ];
  for (const [template, data, problem] of cases) {
    test(template, () => assert.equal(problemOf(template, data), problem));
  }

  const fine: readonly (readonly [string, JsonObject])[] = [
    ['{% if false %}{{ name }}{% endif %}1', {}],
    ['{{ 1 if x is not defined else x.y.z }}', {}],
    ['{% for i in [] %}{{ name }}{% endfor %}1', {}],
    ['{{ false and name }}', {}],
    ['{% set a = 1 %}{{ a }}', {}],
    ['{% macro m(a) %}{{ name }}{% endmacro %}1', {}],
    ['1{{ "a" if false }}', {}],
  ];
  for (const [template, data] of fine) {
    test(`${template}: names that are never reached do not count`, () => {
      assert.ok(textOf(template, data).length > 0);
    });
  }
});

describe('methods of dictionaries', () => {
  const order = { items: [{ n: 1 }], values: 2 };
  for (const [template, marked] of [
    ['{% for i in order.items %}{% endfor %}', 'order.items'],
    ['{{ order.items|tojson }}', 'order.items'],
    ['{{ order.items|length }}', 'order.items'],
    ['{{ order.items[0].n }}', 'order.items'],
    ['{{ [order.values + 1] }}', 'order.values'],
  ] as const) {
    test(`${template}: the problem suggests brackets`, () => {
      const result = renderTemplate(template, { order });
      assert.ok(!result.ok);
      const { code, args, offset, length } = result.problem;
      assert.equal(code, 'method');
      assert.deepEqual(args.slice(0, 2), [marked, marked.replace(/\.(\w+)/, '["$1"]')]);
      assert.equal(template.slice(offset, offset + length), marked);
    });
  }

  test('are called and read with brackets without a problem', () => {
    assert.equal(
      textOf('{% for k, v in order.items() %}{{ k }}{% endfor %}{{ order["items"]|length }}', { order }),
      'itemsvalues1',
    );
  });
});

describe('errors have their place', () => {
  const cases: readonly (readonly [string, string])[] = [
    ['a\n{% if %}', "python TemplateSyntaxError Expected an expression, got 'end of statement block' @2:7 %}"],
    ["a\n\n {{ 'abc }}", 'python TemplateSyntaxError unexpected char "\'" at 7 @3:5 \''],
    ['{% for a in [1] %}\n{{ a }}', 'python TemplateSyntaxError Unexpected end of template.'],
    ['a\n{{ 3|nonsense }}', "python TemplateAssertionError No filter named 'nonsense'. @2:6 nonsense"],
    ['a\n  {% break %}', "python TemplateSyntaxError Encountered unknown tag 'break'. @2:6 break"],
    ['{% generation %}a{% endgeneration %}', "python TemplateSyntaxError Encountered unknown tag 'generation'. @1:4"],
    ['{% include "x" %}', 'python TypeError no loader for this environment specified @1:4'],
    ['1{{ 1 / 0 }}', 'python ZeroDivisionError division by zero @1:5 1 / 0'],
    ['1{{ "".__class__.__mro__ }}', 'unsupported the attribute __mro__ @1:5 "".__class__.__mro__'],
    ['{"a": }', 'notJson'],
  ];
  for (const [template, expected] of cases) {
    test(JSON.stringify(template), () => {
      const problem = problemOf(template);
      assert.ok(problem.startsWith(expected), problem);
    });
  }

  test('output that is no JSON is still shown', () => {
    const result = renderTemplate('{"a": {{ x }}}', { x: true });
    assert.ok(!result.ok);
    assert.equal(result.unreadable?.text, '{"a": True}');
  });

  test('every message contains its arguments', () => {
    for (const code of templateProblemCodes) {
      const text = formatTemplateProblem({ code, args: ['a', 'b', 'c'] });
      assert.doesNotMatch(text, /\{\d\}/);
    }
  });
});

import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { TemplateError } from '../../../../src/widgets/common/jinja/core/errors.ts';
import { findAll } from '../../../../src/widgets/common/jinja/language/ast.ts';
import { TemplateSource } from '../../../../src/widgets/common/jinja/language/source.ts';
import { parseTemplate, renderTemplate } from '../../../../src/widgets/common/jinja/template.ts';
import { dataOf } from '../../../support/jinja/render.ts';

function placeOf(template: string, data = '{}') {
  try {
    renderTemplate(parseTemplate(template), dataOf(data));
  } catch (error) {
    assert.ok(error instanceof TemplateError && error.range !== undefined);
    const { start, end } = error.range;
    const { line, column } = new TemplateSource(template, true).position(start);
    return { text: template.slice(start, end), line, column };
  }
  return assert.fail('the template was rendered');
}

const faults: readonly (readonly [string, string, number, number])[] = [
  ['a\nb {{ x.y }}', 'x.y', 2, 6],
  ['{{ a|tojson }}', 'a|tojson', 1, 4],
  ['{{ "a"|nope }}', 'nope', 1, 8],
  ['{% for x in 5 %}{% endfor %}', '5', 1, 13],
  ['{% for a, b in [1] %}{% endfor %}', 'a, b', 1, 8],
  ['{% if 1 %}{{ 1 / 0 }}{% endif %}', '1 / 0', 1, 14],
  ['\r\n\r\n{{ 1 2 }}', '2', 3, 6],
  ['{{ "a" + 1 }}', '"a" + 1', 1, 4],
  ['x{{ }}', '}}', 1, 5],
  ['{{ (1] }}', ']', 1, 6],
  ['{{ $ }}', '$', 1, 4],
  ['{% set x = y %}{{ [1, x.z] }}', 'x.z', 1, 23],
  ['{% macro m(a) %}{{ a.b.c }}{% endmacro %}\n{{ m({}) }}', 'a.b.c', 1, 20],
];

describe('positions', () => {
  for (const [template, text, line, column] of faults) {
    test(`an error of ${JSON.stringify(template)} is at ${JSON.stringify(text)}`, () => {
      assert.deepEqual(placeOf(template), { text, line, column });
    });
  }

  test('nodes carry the range of their source, with line breaks of two characters', () => {
    const source = '{% set a = 1 %}\r\n{% macro card(title) %}\r\n{{ title }}{% endmacro %}';
    const nodes = parseTemplate(source).body.flatMap((node) => findAll(node, 'name'));
    assert.deepEqual(
      nodes.map(({ start, end, use }) => [source.slice(start, end), use]),
      [
        ['a', 'store'],
        ['title', 'param'],
        ['title', 'load'],
      ],
    );
    const [macro] = parseTemplate(source).body.flatMap((node) => findAll(node, 'macro'));
    assert.equal(macro && source.slice(macro.nameRange.start, macro.nameRange.end), 'card');
  });
});

describe('segments', () => {
  const trace = (template: string) => {
    const { text, segments } = renderTemplate(parseTemplate(template), dataOf('{}'), { trace: true });
    return segments.map(({ start, end, ranges }) => [
      text.slice(start, end),
      ...ranges.map((range) => template.slice(range.start, range.end)),
    ]);
  };

  test('name the node of each part of the text', () => {
    assert.deepEqual(trace('a{{ 1 + 1 }}{% for x in [1, 2] %}{{ x }};{% endfor %}'), [
      ['a', 'a'],
      ['2', '1 + 1'],
      ['1', 'x'],
      [';', ';'],
      ['2', 'x'],
      [';', ';'],
    ]);
  });

  test('exist in macros, calls and captured texts', () => {
    assert.deepEqual(trace('{% macro m(v) %}<{{ v }}>{% endmacro %}{{ m(5) }}'), [
      ['<', '<', 'm(5)'],
      ['5', 'v', 'm(5)'],
      ['>', '>', 'm(5)'],
    ]);
    assert.deepEqual(trace('{% set t %}a{{ 1 }}{% endset %}{{ t }}'), [
      ['a', 'a', 't'],
      ['1', '1', 't'],
    ]);
  });

  test('are not collected unless asked for', () => {
    assert.deepEqual(renderTemplate(parseTemplate('a'), dataOf('{}')).segments, []);
  });
});

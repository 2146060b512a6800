import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { parseTemplate, renderTemplate, type ParseOptions } from '../../../../src/widgets/common/jinja/template.ts';
import { dataOf } from '../../../support/jinja/render.ts';

const rendered = (template: string, options: ParseOptions) =>
  renderTemplate(parseTemplate(template, options), dataOf('{"h": "<b>"}')).text;

describe('options of a template', () => {
  const source = '  {% if true %}\n    a\n  {% endif %}\n{# note #}\nb\n';

  test('white space stays without options, except the last line break', () => {
    assert.equal(rendered(source, {}), '  \n    a\n  \n\nb');
  });

  test('trimBlocks removes the line break after a block', () => {
    assert.equal(rendered(source, { trimBlocks: true }), '      a\n  b');
  });

  test('lstripBlocks removes the spaces before a block', () => {
    assert.equal(rendered(source, { lstripBlocks: true }), '\n    a\n\n\nb');
    assert.equal(rendered('  {%+ if true %}a{% endif %}', { lstripBlocks: true }), '  a');
  });

  test('keepTrailingNewline keeps the last line break', () => {
    assert.equal(rendered('a\n', { keepTrailingNewline: true }), 'a\n');
  });

  test('autoescape escapes what is printed', () => {
    assert.equal(rendered('{{ h }}{{ h|safe }}', { autoescape: true }), '&lt;b&gt;<b>');
  });

  test('random values are the same in each rendering, unless chance is given', () => {
    const template = parseTemplate('{{ range(1000)|random }}-{{ lipsum(1) }}');
    const once = renderTemplate(template, dataOf('{}')).text;
    assert.equal(renderTemplate(template, dataOf('{}')).text, once);
    assert.ok(renderTemplate(template, dataOf('{}'), { random: () => 0.999 }).text.startsWith('999-'));
  });
});

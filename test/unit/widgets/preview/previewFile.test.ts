import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import type { DataChoice, WidgetPreview } from '../../../../src/widgets/common/preview/widgetPreview.ts';
import { previewFile } from '../../../../src/widgets/common/preview/previewFile.ts';
import { readText } from '../../../support/sources.ts';

const order = readText('samples/order.widget');
const own: DataChoice = { source: 'own' };

/** The sample with a replaced part of its text, as written in the file. */
function changed(from: string, to: string): string {
  assert.ok(order.includes(from), from);
  return order.replace(from, to);
}

/** Each problem: its kind, message and highlighted text. */
function problemsOf(text: string, preview: WidgetPreview = previewFile(text, own)): readonly string[] {
  return preview.problems.map(({ kind, message, range }) => {
    const at = text.slice(range.offset, range.offset + range.length);
    return `${kind}: ${message} @ ${at}`;
  });
}

describe('a .widget file', () => {
  test('a valid file has a widget and data', () => {
    const preview = previewFile(order, own);
    assert.deepEqual(preview.problems, []);
    assert.equal(preview.name, 'Order');
    assert.match(preview.output ?? '', /^\{"type":"Card"/);
    assert.equal(preview.data?.origin, 'defaultState');
    assert.deepEqual(preview.data?.problems, []);
  });

  test('reports an undefined name at its position and falls back to outputJsonPreview', () => {
    const text = changed('(title)', '(titel)');
    const preview = previewFile(text, own);
    assert.deepEqual(problemsOf(text, preview), [
      'template: titel is not defined in the data or the template. @ titel',
    ]);
    assert.equal(preview.output, null);
    assert.match(preview.fallback ?? '', /^\{"type":"Card"/);
    assert.deepEqual(preview.problems[0]?.templatePosition, { line: 1, column: 68 });
  });

  test('counts lines within the template', () => {
    const text = changed('{\\"type\\":\\"Divider\\"}', '{\\"type\\":\\"Divider\\"\\n\\n  ,\\"spacing\\":{{ gap }}}');
    const [problem] = previewFile(text, own).problems;
    assert.deepEqual(problem?.templatePosition, { line: 3, column: 17 });
    assert.equal(text.slice(problem?.range.offset).slice(0, 3), 'gap');
  });

  test('reports a problem of the widget at the part of the template that produced it', () => {
    assert.deepEqual(problemsOf(changed('\\"size\\":\\"sm\\"},{%-', '\\"size\\":\\"huge\\"},{%-')).slice(0, 1), [
      'widget: size: expected xs | sm | md | lg | xl | 2xl | 3xl | 4xl | 5xl, got "huge". @ \\"huge\\"',
    ]);
    // The value of an expression is attributed to the expression.
    const text = changed('\\"size\\":\\"sm\\"},{%-', '\\"size\\":{{ (title) | tojson }}},{%-');
    assert.match(problemsOf(text)[0] ?? '', /got "Order 1042". @ \{\{ \(title\) \| tojson \}\}$/);
  });

  test('reports a problem for each iteration of a loop at the same position', () => {
    const text = changed('\\"type\\":\\"Caption\\"', '\\"type\\":\\"Captoin\\"');
    const widget = problemsOf(text).filter((problem) => problem.startsWith('widget'));
    assert.equal(widget.length, 2);
    for (const problem of widget) assert.match(problem, /Unknown component "Captoin".*@ \\"Captoin\\"$/);
  });

  test('reports invalid JSON output at the first error', () => {
    const text = changed('\\"size\\":\\"sm\\"},{%-', '\\"size\\" \\"sm\\"},{%-');
    const [problem] = problemsOf(text);
    assert.match(problem ?? '', /^template: The output is not valid JSON: .* @ \\"$/);
  });

  test('a template that processes its own text is not traced: its problems are reported at the template', () => {
    const text = changed(
      '{\\"type\\":\\"Divider\\"}',
      '{%- set t -%}ab{%- endset -%}{\\"type\\":\\"Captoin\\",\\"value\\":{{ t | length }}}',
    );
    const widget = problemsOf(text).filter((problem) => problem.startsWith('widget'));
    assert.ok(widget.length > 0);
    for (const problem of widget) assert.match(problem, /@ "\{\\"type\\":\\"Card\\"/);
  });

  test('reports differences in outputJsonPreview', () => {
    assert.deepEqual(problemsOf(order.replace('"value": "Order 1042"', '"value": "Order 1043"')), [
      'difference: The template produces a different value than outputJsonPreview has. @ "Order 1043"',
    ]);
    assert.deepEqual(problemsOf(order.replace('"value": "Order 1042",', '"value": "Order 1042", "color": "red",')), [
      'difference: In outputJsonPreview but not produced by the template. @ "red"',
    ]);
  });

  test('does not compare outputJsonPreview if other data is used', () => {
    const data = { title: 'T', status: 'S', total: '1', lines: [] };
    const preview = previewFile(order, { source: 'edited', text: JSON.stringify(data) });
    assert.deepEqual(preview.problems, []);
    assert.equal(preview.data?.origin, 'edited');
    assert.match(preview.output ?? '', /"value":"T"/);
    const made = previewFile(order, { source: 'schema' });
    assert.deepEqual(made.problems, []);
    assert.equal(made.data?.origin, 'jsonSchema');
  });

  test('reports invalid data and renders it', () => {
    const data = { title: 'T', status: 4, total: '1', lines: [] };
    const preview = previewFile(order, { source: 'edited', text: JSON.stringify(data) });
    assert.notEqual(preview.output, null);
    assert.deepEqual(
      preview.data?.problems.map(({ path }) => path),
      ['/status'],
    );
  });

  test('a pattern of the schema matches anywhere and cannot hang', () => {
    const file = (pattern: string) =>
      JSON.stringify({
        version: '1.0',
        name: 'x',
        template: '{"type":"Card","children":[]}',
        jsonSchema: { type: 'object', properties: { a: { type: 'string', pattern } } },
      });
    const check = (pattern: string, a: string) =>
      previewFile(file(pattern), { source: 'edited', text: JSON.stringify({ a }) }).data?.problems.length;
    assert.equal(check('b', 'abc'), 0);
    assert.equal(check('^b', 'abc'), 1);
    assert.equal(check('^(a+)+$', `${'a'.repeat(5_000)}!`), 1);
  });

  for (const [what, text, expected] of [
    ['text that is not valid JSON', '{ "version": ', /^file: Invalid JSON/],
    ['another version', '{"version":"2","name":"x","template":""}', /^file: Invalid widget file: .* @ "2"$/],
    ['no template', '{"version":"1.0","name":"x"}', /^file: Invalid widget file/],
    [
      'a text that is too long',
      ' '.repeat(2_000_001),
      /^file: Could not preview the document because it is longer than 2000000 characters/,
    ],
  ] as const) {
    test(what, () => assert.match(problemsOf(text)[0] ?? '', expected));
  }

  test('never throws for any text, and every range is within it', () => {
    const piece = fc.constantFrom(
      '{{',
      '}}',
      '{%',
      '%}',
      '\\"',
      '"',
      ',',
      '\\n',
      '(title)',
      '{# ',
      'endfor',
      '\ue000',
      '\\',
    );
    fc.assert(
      fc.property(fc.nat(order.length), fc.nat(12), fc.array(piece, { maxLength: 4 }), (at, cut, pieces) => {
        const text = order.slice(0, at) + pieces.join('') + order.slice(at + cut);
        for (const { range } of previewFile(text, own).problems) {
          assert.ok(range.offset >= 0 && range.length >= 0 && range.offset + range.length <= text.length);
        }
      }),
      { numRuns: 300 },
    );
  });
});

import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import type { DataChoice, WidgetPreview } from '../../../../src/widgets/common/preview/widgetPreview.ts';
import { previewFile } from '../../../../src/widgets/common/preview/previewFile.ts';
import { readText } from '../../../support/sources.ts';

const order = readText('samples/order.widget');
const own: DataChoice = { source: 'own' };

/** The sample with a part of its text changed, as it stands in the file. */
function changed(from: string, to: string): string {
  assert.ok(order.includes(from), from);
  return order.replace(from, to);
}

/** Each problem: its kind, its words, and the text it is marked at. */
function problemsOf(text: string, preview: WidgetPreview = previewFile(text, own)): readonly string[] {
  return preview.problems.map(({ kind, message, range: place }) => {
    const at = text.slice(place.offset, place.offset + place.length);
    return `${kind}: ${message} @ ${at}`;
  });
}

describe('a .widget file', () => {
  test('without a problem: its widget and its data', () => {
    const preview = previewFile(order, own);
    assert.deepEqual(preview.problems, []);
    assert.equal(preview.name, 'Order');
    assert.match(preview.output ?? '', /^\{"type":"Card"/);
    assert.equal(preview.data?.origin, 'defaultState');
    assert.deepEqual(preview.data?.problems, []);
  });

  test('an undefined name is marked where it stands; the picture of the file is there to be drawn', () => {
    const text = changed('(title)', '(titel)');
    const preview = previewFile(text, own);
    assert.deepEqual(problemsOf(text, preview), ['template: Neither the data nor the template defines titel. @ titel']);
    assert.equal(preview.output, null);
    assert.match(preview.fallback ?? '', /^\{"type":"Card"/);
    assert.deepEqual(preview.problems[0]?.templatePosition, { line: 1, column: 68 });
  });

  test('a line of the template is counted in the template', () => {
    const text = changed('{\\"type\\":\\"Divider\\"}', '{\\"type\\":\\"Divider\\"\\n\\n  ,\\"spacing\\":{{ gap }}}');
    const [problem] = previewFile(text, own).problems;
    assert.deepEqual(problem?.templatePosition, { line: 3, column: 17 });
    assert.equal(text.slice(problem?.range.offset).slice(0, 3), 'gap');
  });

  test('a widget’s problem is marked at what of the template made it', () => {
    assert.deepEqual(problemsOf(changed('\\"size\\":\\"sm\\"},{%-', '\\"size\\":\\"huge\\"},{%-')).slice(0, 1), [
      'widget: size: expected xs | sm | md | lg | xl | 2xl | 3xl | 4xl | 5xl, got "huge". @ \\"huge\\"',
    ]);
    // What an expression made is the expression's.
    const text = changed('\\"size\\":\\"sm\\"},{%-', '\\"size\\":{{ (title) | tojson }}},{%-');
    assert.match(problemsOf(text)[0] ?? '', /got "Order 1042". @ \{\{ \(title\) \| tojson \}\}$/);
  });

  test('in a loop every turn has its problem, and all stand at the one place', () => {
    const text = changed('\\"type\\":\\"Caption\\"', '\\"type\\":\\"Captoin\\"');
    const widget = problemsOf(text).filter((problem) => problem.startsWith('widget'));
    assert.equal(widget.length, 2);
    for (const problem of widget) assert.match(problem, /no component "Captoin".*@ \\"Captoin\\"$/);
  });

  test('output that is not JSON is marked where it breaks', () => {
    const text = changed('\\"size\\":\\"sm\\"},{%-', '\\"size\\" \\"sm\\"},{%-');
    const [problem] = problemsOf(text);
    assert.match(problem ?? '', /^template: The output is not JSON: .* @ \\"$/);
  });

  test('a template that looks at its own text is not traced: its problems stand at the template', () => {
    const text = changed(
      '{\\"type\\":\\"Divider\\"}',
      '{%- set t -%}ab{%- endset -%}{\\"type\\":\\"Captoin\\",\\"value\\":{{ t | length }}}',
    );
    const widget = problemsOf(text).filter((problem) => problem.startsWith('widget'));
    assert.ok(widget.length > 0);
    for (const problem of widget) assert.match(problem, /@ "\{\\"type\\":\\"Card\\"/);
  });

  test('what the file’s own picture has otherwise is marked there', () => {
    assert.deepEqual(problemsOf(order.replace('"value": "Order 1042"', '"value": "Order 1043"')), [
      'difference: The template makes another value than outputJsonPreview has. @ "Order 1043"',
    ]);
    assert.deepEqual(problemsOf(order.replace('"value": "Order 1042",', '"value": "Order 1042", "color": "red",')), [
      'difference: outputJsonPreview has this, the template does not make it. @ "red"',
    ]);
  });

  test('other data makes other pictures: nothing is compared', () => {
    const data = { title: 'T', status: 'S', total: '1', lines: [] };
    const preview = previewFile(order, { source: 'edited', text: JSON.stringify(data) });
    assert.deepEqual(preview.problems, []);
    assert.equal(preview.data?.origin, 'edited');
    assert.match(preview.output ?? '', /"value":"T"/);
    const made = previewFile(order, { source: 'schema' });
    assert.deepEqual(made.problems, []);
    assert.equal(made.data?.origin, 'jsonSchema');
  });

  test('data that the schema does not allow is drawn all the same, and said', () => {
    const data = { title: 'T', status: 4, total: '1', lines: [] };
    const preview = previewFile(order, { source: 'edited', text: JSON.stringify(data) });
    assert.notEqual(preview.output, null);
    assert.deepEqual(
      preview.data?.problems.map(({ path }) => path),
      ['/status'],
    );
  });

  test('a pattern of the schema may match anywhere, and cannot hang', () => {
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
    ['text that is no JSON', '{ "version": ', /^file: This is not JSON/],
    ['another version', '{"version":"2","name":"x","template":""}', /^file: This is not a widget file: .* @ "2"$/],
    ['no template', '{"version":"1.0","name":"x"}', /^file: This is not a widget file/],
    ['too long a text', ' '.repeat(2_000_001), /^file: The document is longer than 2000000 characters/],
  ] as const) {
    test(what, () => assert.match(problemsOf(text)[0] ?? '', expected));
  }

  test('whatever is written, nothing is thrown and every mark is in the text', () => {
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
        for (const { range: place } of previewFile(text, own).problems) {
          assert.ok(place.offset >= 0 && place.length >= 0 && place.offset + place.length <= text.length);
        }
      }),
      { numRuns: 300 },
    );
  });
});

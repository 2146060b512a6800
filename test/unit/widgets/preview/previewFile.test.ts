import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import type { DataChoice, WidgetPreview } from '../../../../src/widgets/common/preview/widgetPreview.ts';
import { previewFile } from '../../../../src/widgets/common/preview/previewFile.ts';
import { readText } from '../../../support/sources.ts';

const order = readText('samples/order.widget');
const own: DataChoice = { source: 'own' };

/** The sample with a part of its text changed, as it is written in the file. */
function changed(from: string, to: string): string {
  assert.ok(order.includes(from), from);
  return order.replace(from, to);
}

/** The text of a file; `state` is the JSON text of its data. */
function fileOf({ state, ...parts }: Readonly<Record<string, unknown>> & { readonly state?: string }): string {
  const encoded =
    state === undefined ? {} : { encodedWidget: Buffer.from(`{"defaultState":${state}}`).toString('base64url') };
  return JSON.stringify({ version: '1.0', name: 'x', ...parts, ...encoded });
}

/** Each problem: its kind, its words, and the text it is marked at. */
function problemsOf(text: string, preview: WidgetPreview = previewFile(text, own)): readonly string[] {
  return preview.problems.map(({ kind, message, range }) => {
    const at = text.slice(range.offset, range.offset + range.length);
    return `${kind}: ${message} @ ${at}`;
  });
}

function severities(text: string): readonly string[] {
  return previewFile(text, own).problems.map(({ severity }) => severity);
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

  test('an undefined name is marked at its position, and the default data is rendered', () => {
    const text = changed('(title)', '(titel)');
    const preview = previewFile(text, own);
    assert.deepEqual(problemsOf(text, preview), [
      'template: titel is not defined in the data or the template. @ titel',
    ]);
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

  test('a problem of the widget is marked at the part of the template that rendered it', () => {
    assert.deepEqual(problemsOf(changed('\\"size\\":\\"sm\\"},{%-', '\\"size\\":\\"huge\\"},{%-')).slice(0, 1), [
      'widget: size: expected xs | sm | md | lg | xl | 2xl | 3xl | 4xl | 5xl, got "huge". @ \\"huge\\"',
    ]);
    // What an expression made is the expression's.
    const text = changed('\\"size\\":\\"sm\\"},{%-', '\\"size\\":{{ (title) | tojson }}},{%-');
    assert.match(problemsOf(text)[0] ?? '', /got "Order 1042". @ \(title\) \| tojson$/);
  });

  test('in a loop, the problem of every iteration is marked at the same place', () => {
    const text = changed('\\"type\\":\\"Caption\\"', '\\"type\\":\\"Captoin\\"');
    const widget = problemsOf(text).filter((problem) => problem.startsWith('widget'));
    assert.equal(widget.length, 2);
    for (const problem of widget) assert.match(problem, /Unknown component "Captoin".*@ \\"Captoin\\"$/);
  });

  test('output that is not JSON is marked at the invalid character', () => {
    const text = changed('\\"size\\":\\"sm\\"},{%-', '\\"size\\" \\"sm\\"},{%-');
    const [problem] = problemsOf(text);
    assert.match(problem ?? '', /^template: The output is not JSON: .* @ \\"$/);
  });

  test('a template that uses the length of its own text is traced too', () => {
    const text = changed(
      '{\\"type\\":\\"Divider\\"}',
      '{%- set t -%}ab{%- endset -%}{\\"type\\":\\"Captoin\\",\\"value\\":{{ t | length }}}',
    );
    const widget = problemsOf(text).filter((problem) => problem.startsWith('widget'));
    assert.ok(widget.length > 0);
    for (const problem of widget) assert.match(problem, /@ \\"Captoin\\"$/);
  });

  test('differences from outputJsonPreview are marked in it', () => {
    assert.deepEqual(problemsOf(order.replace('"value": "Order 1042"', '"value": "Order 1043"')), [
      'difference: The template produces a different value than outputJsonPreview has. @ "Order 1043"',
    ]);
    assert.deepEqual(problemsOf(order.replace('"value": "Order 1042",', '"value": "Order 1042", "color": "red",')), [
      'difference: In outputJsonPreview but not produced by the template. @ "red"',
    ]);
  });

  test('outputJsonPreview is not compared if the data was changed', () => {
    const data = { title: 'T', status: 'S', total: '1', lines: [] };
    const preview = previewFile(order, { source: 'edited', text: JSON.stringify(data) });
    assert.deepEqual(preview.problems, []);
    assert.equal(preview.data?.origin, 'edited');
    assert.match(preview.output ?? '', /"value":"T"/);
    const made = previewFile(order, { source: 'schema' });
    assert.deepEqual(made.problems, []);
    assert.equal(made.data?.origin, 'jsonSchema');
  });

  test('data that the schema does not allow is rendered, and reported', () => {
    const data = { title: 'T', status: 4, total: '1', lines: [] };
    const preview = previewFile(order, { source: 'edited', text: JSON.stringify(data) });
    assert.notEqual(preview.output, null);
    assert.deepEqual(
      preview.data?.problems.map(({ path }) => path),
      ['/status'],
    );
  });

  test('integers and floats of the file’s data differ, as in Python', () => {
    const text = fileOf({
      template: '{"type":"Text","value":"{{ a }} {{ b }} {{ c }}"}',
      state: '{"a":3.0,"b":3,"c":1e16}',
    });
    const preview = previewFile(text, own);
    assert.match(preview.output ?? '', /"3\.0 3 1e\+16"/);
    assert.equal(preview.data?.text, '{\n  "a": 3.0,\n  "b": 3,\n  "c": 1e+16\n}');
    const edited = previewFile(text, { source: 'edited', text: '{"a":1,"b":1.50,"c":12345678901234567890}' });
    assert.match(edited.output ?? '', /"1 1\.5 12345678901234567890"/);
  });

  test('a construct that the preview does not support is a warning that names it', () => {
    const text = fileOf({ template: '{"type":"Text","value":"{{ "".__class__.__mro__ }}"}', state: '{}' });
    const preview = previewFile(text, own);
    assert.deepEqual(
      preview.problems.map(({ severity, message }) => [severity, message]),
      [['warning', 'This preview does not support the attribute __mro__; ChatKit does.']],
    );
    assert.equal(preview.output, null);
  });

  test('the name of a dictionary’s method is marked, with the way to read the value', () => {
    const template = '{"type":"Card","children":[{% for line in order.items %}{% endfor %}]}';
    const text = fileOf({ template, state: '{"order":{"items":[]}}' });
    const [problem = '', ...others] = problemsOf(text);
    assert.match(problem, /order\.items is a method .* write order\["items"\]\. @ order\.items$/);
    assert.deepEqual(others, []);
  });

  describe('a method that is printed', () => {
    const printed = (value: string, state: string) =>
      fileOf({ template: `{"type":"Card","children":[{"type":"Text","value":${value}}]}`, state });

    test('breaks the JSON: an error with the way to read the value', () => {
      const text = printed('{{ order.items }}', '{"order":{"items":[]}}');
      assert.match(
        problemsOf(text)[0] ?? '',
        /^template: order\.items is a method .* write order\["items"\]\. @ order\.items$/,
      );
      assert.deepEqual(severities(text), ['error']);
    });

    test('is accepted by Python within a text: a warning', () => {
      const text = printed('"{{ order.items }} {{ order.note.title }}"', '{"order":{"items":[],"note":"x"}}');
      assert.deepEqual(problemsOf(text), [
        'template: order.items is a method in Python, so its address is printed. To read the value, write order["items"]. @ order.items',
        'template: order.note.title is a method in Python, so its address is printed. To call it, write order.note.title(). @ order.note.title',
      ]);
      assert.deepEqual(severities(text), ['warning', 'warning']);
    });
  });

  test('NaN and Infinity are omitted, with a warning, as in ChatKit', () => {
    const template =
      '{"type":"Card","children":[{"type":"Box","height":{{ a }},"gap":-Infinity},{"type":"Text","value":"NaN"}]}';
    const text = fileOf({ template, state: '{"a":1e999}' }).replace(
      '{{ a }}',
      '{{ a|replace(\\"inf\\",\\"Infinity\\") }}',
    );
    const preview = previewFile(text, own);
    assert.deepEqual(problemsOf(text, preview), [
      'template: Infinity is not a JSON value. ChatKit accepts the template and omits the property. @ a|replace(\\"inf\\",\\"Infinity\\")',
      'template: -Infinity is not a JSON value. ChatKit accepts the template and omits the property. @ -',
    ]);
    assert.deepEqual(JSON.parse(preview.output ?? ''), {
      type: 'Card',
      children: [
        { type: 'Box', height: null, gap: null },
        { type: 'Text', value: 'NaN' },
      ],
    });
    const broken = fileOf({ template: '{"a":NaN,}', state: '{}' });
    assert.match(problemsOf(broken)[0] ?? '', /The output is not JSON/);
  });

  test('the place of a problem in the template, the schema and the data is known', () => {
    const template = '{"type":"Card",\n"children":[{"type":"Captoin"}]}';
    const [problem] = previewFile(fileOf({ template, state: '{}' }), own).problems;
    assert.deepEqual(problem?.part, { name: 'template', offset: template.indexOf('"Captoin"'), length: 9 });
    const jsonSchema = { type: 'object', properties: { a: { type: 'string' } } };
    const wrong = previewFile(fileOf({ template: '{"type":"Card","children":[]}', state: '{"a":4}', jsonSchema }), own);
    assert.deepEqual(
      wrong.problems.map(({ part }) => part),
      [{ name: 'data', pointer: '/a' }],
    );
  });

  test('a problem is marked in a template with line breaks of two characters', () => {
    const template = '{"type":"Card",\r\n"children":[\r\n{"type":"Captoin"}]}';
    assert.match(problemsOf(fileOf({ template, state: '{}' }))[0] ?? '', /@ \\"Captoin\\"$/);
  });

  describe('without a default state', () => {
    const template = '{"type":"Card","children":[{"type":"Text","value":{{ title|tojson }}}]}';
    const picture = { type: 'Card', children: [{ type: 'Text', value: 'Seen' }] };
    const jsonSchema = { type: 'object', properties: { title: { type: 'string' } }, required: ['title'] };

    test('data is derived from outputJsonPreview if possible', () => {
      const preview = previewFile(fileOf({ template, jsonSchema, outputJsonPreview: picture }), own);
      assert.deepEqual(JSON.parse(preview.output ?? ''), picture);
      assert.deepEqual([preview.problems, preview.data?.origin, preview.data?.ownOrigin], [[], 'derived', 'derived']);
      assert.equal(preview.data?.text, '{\n  "title": "Seen"\n}');
    });

    test('outputJsonPreview is shown with a note, and generated data can be selected', () => {
      const text = fileOf({ template: template.replace('|', '|title|'), jsonSchema, outputJsonPreview: picture });
      const preview = previewFile(text, own);
      assert.deepEqual(JSON.parse(preview.output ?? ''), picture);
      assert.deepEqual(
        preview.problems.map(({ kind, severity }) => [kind, severity]),
        [['data', 'info']],
      );
      assert.equal(preview.data?.origin, 'outputJsonPreview');
      assert.equal(preview.data.text, '{\n  "title": "Title"\n}');
      const generated = previewFile(text, { source: 'schema' });
      assert.match(generated.output ?? '', /"value":"Title"/);
      assert.deepEqual([generated.data?.origin, generated.data?.ownOrigin], ['jsonSchema', 'outputJsonPreview']);
      assert.deepEqual(generated.problems, []);
    });

    test('a problem of outputJsonPreview is marked in it', () => {
      const outputJsonPreview = { type: 'Card', children: [{ type: 'Captoin' }] };
      const text = fileOf({ template, jsonSchema, outputJsonPreview });
      assert.match(problemsOf(text)[0] ?? '', /^widget: .*@ "Captoin"$/);
    });

    test('a template that renders to outputJsonPreview without data is rendered', () => {
      const text = fileOf({ template: JSON.stringify(picture), jsonSchema, outputJsonPreview: picture });
      const preview = previewFile(text, own);
      assert.deepEqual([preview.problems, preview.data?.origin], [[], 'none']);
    });

    test('a syntax error is reported for any data', () => {
      const text = fileOf({ template: '{"type":{% if %}}', jsonSchema, outputJsonPreview: picture });
      assert.match(problemsOf(text)[0] ?? '', /^template: TemplateSyntaxError: /);
    });

    test('generated data has no problems of its own', () => {
      const items = {
        type: 'array',
        items: { type: 'object', properties: { code: { type: 'string' } }, required: ['code'] },
      };
      const text = fileOf({
        template:
          '{"type":"ListView","children":[{% for i in list %}{"type":"ListViewItem","key":{{ i.code|tojson }},"children":[{"type":"Icon","name":{{ i.code|tojson }}}]}{{ "," if not loop.last }}{% endfor %}]}',
        jsonSchema: { type: 'object', properties: { list: items }, required: ['list'] },
      });
      const preview = previewFile(text, own);
      assert.deepEqual([preview.problems, preview.data?.origin], [[], 'jsonSchema']);
      const edited = previewFile(text, { source: 'edited', text: preview.data?.text ?? '' });
      assert.ok(edited.problems.length > 0);
    });

    test('a problem of the template itself is reported with generated data', () => {
      const text = fileOf({ template: template.replace('"Text"', '"Txet"'), jsonSchema });
      assert.match(problemsOf(text)[0] ?? '', /Unknown component "Txet"/);
    });

    test('an optional property is omitted; one that the template needs has a value, with a warning', () => {
      const optional = { type: 'object', properties: { title: { type: 'string' } } };
      const text = fileOf({ template, jsonSchema: optional });
      const needed = previewFile(text, own);
      assert.match(needed.output ?? '', /"value":"Title"/);
      assert.deepEqual(problemsOf(text, needed), [
        'template: title is not defined in the data or the template. jsonSchema does not require it, so ChatKit can be given data without it. @ title',
      ]);
      assert.deepEqual(severities(text), ['warning']);
      const guarded = template.replace('title|tojson', '(title if title is defined else "none")|tojson');
      assert.match(
        previewFile(fileOf({ template: guarded, jsonSchema: optional }), own).output ?? '',
        /"value":"none"|"none"/,
      );
    });
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
    ['text that is no JSON', '{ "version": ', /^file: Invalid JSON/],
    ['another version', '{"version":"2","name":"x","template":""}', /^file: Invalid widget file: .* @ "2"$/],
    ['no template', '{"version":"1.0","name":"x"}', /^file: Invalid widget file/],
    [
      'too long a text',
      ' '.repeat(2_000_001),
      /^file: Could not preview the document because it is longer than 2000000 characters/,
    ],
  ] as const) {
    test(what, () => assert.match(problemsOf(text)[0] ?? '', expected));
  }

  test('never throws for any file, and every mark is in the text', () => {
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

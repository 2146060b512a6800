import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import {
  changePart,
  linePosition,
  readPart,
  type PartName,
} from '../../../../src/widgets/common/authoring/widgetParts.ts';
import { readText } from '../../../support/sources.ts';

const order = readText('samples/order.widget');

/** The text of a part; fails if it cannot be read. */
function partOf(file: string, part: PartName): string {
  const read = readPart(file, part);
  assert.ok(read.ok);
  return read.text;
}

/** The file after a change of a part; fails if it is refused. */
function changed(file: string, part: PartName, text: string): string {
  const change = changePart(file, part, text);
  assert.ok(change.ok, change.ok ? '' : change.message);
  if (change.edit === null) return file;
  const { offset, length, text: inserted } = change.edit;
  const result = file.slice(0, offset) + inserted + file.slice(offset + length);
  assert.equal(partOf(result, part), change.text);
  return result;
}

const fileOf = (parts: object) => JSON.stringify({ version: '1.0', name: 'x', template: '{}', ...parts }, null, 2);

describe('the template of a file', () => {
  test('is read without escapes, also in a file that is not complete', () => {
    assert.match(partOf(order, 'template'), /^\{"type":"Card"/);
    assert.equal(partOf('{ "template": "a\\n\\"b\\"", "name": ', 'template'), 'a\n"b"');
    assert.equal(partOf('{"template":"a","template":"b"}', 'template'), 'b');
    for (const file of ['', '[]', '{"template": 4}', '{}']) assert.equal(readPart(file, 'template').ok, false, file);
  });

  test('is changed where it differs', () => {
    const file = changed(order, 'template', partOf(order, 'template').replace('(title)', '("Ümläut 😀\n")'));
    assert.match(file, /\("Ümläut 😀\\n"\)|\(\\"Ümläut 😀\\n\\"\)/);
    assert.deepEqual({ ...JSON.parse(file), template: '' }, { ...JSON.parse(order), template: '' });
    const change = changePart(order, 'template', `${partOf(order, 'template')}\n`);
    assert.ok(change.ok);
    assert.deepEqual([change.edit?.length, change.edit?.text], [0, '\\n']);
  });

  test('keeps escapes, halves of characters and line breaks that were not changed', () => {
    const file = '{"template":"\\u0041 \\ud83d\\ude00 \\ud800 \\r\\n b"}';
    assert.equal(
      changed(file, 'template', 'A 😀 \ud800 \r\n c'),
      '{"template":"\\u0041 \\ud83d\\ude00 \\ud800 \\r\\n c"}',
    );
    assert.equal(changed('{"template":"a\\nb"}', 'template', 'a\r\nc'), '{"template":"a\\nc"}');
    assert.equal(changed('{"template":"a\\nb"}', 'template', 'a\r\nb'), '{"template":"a\\nb"}');
    // Two emoji share their first half.
    assert.equal(JSON.parse(changed('{"template":"😀"}', 'template', '😁')).template, '😁');
  });

  test('any text is written and read again', () => {
    const text = fc.string({ unit: 'binary', maxLength: 30 });
    fc.assert(
      fc.property(text, text, (before, after) => {
        // The line breaks of an editor are those of the file.
        fc.pre(!/\r/.test(before + after));
        assert.equal(partOf(changed(fileOf({ template: before }), 'template', after), 'template'), after);
      }),
    );
  });
});

describe('the schema and the data of a file', () => {
  test('the schema is read without the indentation of the file', () => {
    const file = fileOf({ jsonSchema: { type: 'object', properties: { a: { type: 'string' } } } });
    const text = '{\n  "type": "object",\n  "properties": {\n    "a": {\n      "type": "string"\n    }\n  }\n}\n';
    assert.equal(partOf(file, 'schema'), text);
    assert.equal(partOf(JSON.stringify(JSON.parse(file)), 'schema'), text);
    const after = changed(file, 'schema', text.replace('"a"', '"b"'));
    assert.equal(after, file.replace('"a"', '"b"'));
  });

  test('a part that the file does not have is added', () => {
    assert.equal(partOf(fileOf({}), 'data'), '{}\n');
    const withSchema = changed(fileOf({}), 'schema', '{\n  "type": "object"\n}\n');
    assert.deepEqual(JSON.parse(withSchema).jsonSchema, { type: 'object' });
    assert.match(withSchema, /,\n {2}"jsonSchema": \{\n {4}"type"/);
    const withData = changed(withSchema, 'data', '{ "a": 1.0 }');
    assert.equal(partOf(withData, 'data'), '{\n  "a": 1.0\n}\n');
  });

  test('the rest of the designer’s document does not change', () => {
    const document = { id: 'wig_1', defaultState: { a: 'ü' }, view: '<Card/>' };
    const file = fileOf({ encodedWidget: Buffer.from(JSON.stringify(document)).toString('base64url') });
    const after = JSON.parse(changed(file, 'data', '{\n  "a": "😀"\n}\n')) as { readonly encodedWidget: string };
    assert.deepEqual(JSON.parse(Buffer.from(after.encodedWidget, 'base64url').toString()), {
      ...document,
      defaultState: { a: '😀' },
    });
    assert.equal(readPart(fileOf({ encodedWidget: '%' }), 'data').ok, false);
  });

  test('text that is no object is refused', () => {
    for (const text of ['', '{', '[]', '4', '{"a":1,}']) {
      for (const part of ['schema', 'data'] as const) assert.equal(changePart(order, part, text).ok, false, text);
    }
  });
});

test('a position is the same with other line breaks', () => {
  assert.deepEqual(linePosition('a\r\nbc\rd', 5), { line: 1, character: 2 });
  assert.deepEqual(linePosition('a\r\nbc\rd', 6), { line: 2, character: 0 });
});

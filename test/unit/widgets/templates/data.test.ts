import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { Json, JsonObject } from '../../../../src/base/common/json.ts';
import { previewDifferences, sampleData } from '../../../../src/widgets/common/templates/previewData.ts';
import { validateData } from '../../../../src/widgets/common/templates/validateData.ts';
import { parseWidgetFile } from '../../../../src/widgets/common/templates/widgetFile.ts';

describe('sample data', () => {
  const object = (properties: JsonObject): JsonObject => ({
    type: 'object',
    properties,
    required: Object.keys(properties),
  });
  const cases: readonly (readonly [string, JsonObject, Json])[] = [
    [
      'names become words',
      object({ heroImageUrl: { type: 'string' }, sub_title: { type: 'string' } }),
      { heroImageUrl: 'Hero image url', sub_title: 'Sub title' },
    ],
    [
      'formats',
      object({ at: { type: 'string', format: 'date-time' }, mail: { type: 'string', format: 'email' } }),
      { at: '2026-01-15T09:30:00Z', mail: 'ada@example.com' },
    ],
    [
      'ready values win',
      object({
        a: { type: 'string', default: 'd' },
        b: { const: 7 },
        c: { enum: ['x', 'y'] },
        d: { type: 'string', examples: ['e'] },
      }),
      { a: 'd', b: 7, c: 'x', d: 'e' },
    ],
    [
      'numbers within their bounds',
      object({
        a: { type: 'integer', minimum: 10 },
        b: { type: 'number', maximum: 1 },
        c: { type: 'integer', exclusiveMinimum: 5 },
        d: { type: 'integer', multipleOf: 5, minimum: 12 },
      }),
      { a: 10, b: 1, c: 6, d: 15 },
    ],
    ['the first of a union that is not null', { anyOf: [{ type: 'null' }, { type: 'boolean' }] }, true],
    ['types that may be null', { type: ['null', 'integer'] }, 3],
    [
      'lists',
      { type: 'array', items: object({ id: { type: 'string' }, on: { type: 'boolean' } }), maxItems: 2 },
      [
        { id: 'Id', on: true },
        { id: 'Id 2', on: true },
      ],
    ],
    ['tuples', { type: 'array', prefixItems: [{ type: 'integer' }, { type: 'boolean' }], items: false }, [3, true]],
    ['parts', { allOf: [object({ a: { type: 'integer' } }), object({ b: { type: 'boolean' } })] }, { a: 3, b: true }],
    ['definitions', { $ref: '#/$defs/n', $defs: { n: { type: 'boolean' } } }, true],
    [
      'lengths',
      object({ code: { type: 'string', minLength: 8 }, short: { type: 'string', maxLength: 2 } }),
      { code: 'Code....', short: 'Sh' },
    ],
    ['nothing to go by', {}, null],
    [
      'optional properties only with a default',
      {
        type: 'object',
        properties: { a: { type: 'string' }, b: { type: 'string' }, c: { type: 'integer', default: 7 } },
        required: ['a'],
      },
      { a: 'A', c: 7 },
    ],
    [
      'required properties of parts',
      {
        required: ['b'],
        allOf: [
          { properties: { a: { type: 'integer' } }, required: ['a'] },
          { properties: { b: { type: 'boolean' } } },
        ],
      },
      { a: 3, b: true },
    ],
  ];
  for (const [name, schema, expected] of cases) test(name, () => assert.deepEqual(sampleData(schema), expected));

  test('a recursive schema ends', () => {
    const schema: JsonObject = {
      $ref: '#/$defs/n',
      $defs: { n: object({ next: { $ref: '#/$defs/n' }, all: { type: 'array', items: { $ref: '#/$defs/n' } } }) },
    };
    assert.ok(JSON.stringify(sampleData(schema)).length < 200_000);
    assert.equal(sampleData({ $ref: '#' }), null);
  });
});

describe('data against its schema', () => {
  const schema: JsonObject = {
    type: 'object',
    properties: {
      city: { type: 'string', minLength: 1, pattern: '^[A-Z]' },
      pattern: { type: 'integer' },
      items: { type: 'array', items: { type: 'string', pattern: 'x' } },
    },
    required: ['city'],
    additionalProperties: false,
  };
  const starts = (pattern: string, text: string) => (pattern === '^[A-Z]' ? /^[A-Z]/.test(text) : text.includes('x'));
  const cases: readonly (readonly [string, Json, readonly string[]])[] = [
    ['fits', { city: 'Oslo' }, []],
    ['missing', {}, ['/city']],
    ['wrong type', { city: 5 }, ['/city']],
    ['unknown', { city: 'Oslo', x: 1 }, ['']],
    ['pattern', { city: 'oslo' }, ['/city']],
    ['pattern in a list', { city: 'Oslo', items: ['x', 'y'] }, ['/items/1']],
    ['a property that is called pattern', { city: 'Oslo', pattern: 'no' }, ['/pattern']],
  ];
  for (const [name, data, paths] of cases) {
    test(name, () => {
      const result = validateData(schema, data, starts);
      assert.ok(result.ok);
      assert.deepEqual(
        result.problems.map(({ path }) => path),
        paths,
      );
    });
  }

  test('does not run a hostile pattern in the native engine', () => {
    const hostile = {
      type: 'object',
      properties: { a: { type: 'string', pattern: '(a+)+$' } },
      patternProperties: { '(a+)+$': {} },
    };
    assert.ok(validateData(hostile, { a: `${'a'.repeat(50_000)}!` }, () => undefined).ok);
  });

  test('reports a schema that cannot be read', () => {
    const result = validateData({ type: 'object', if: {}, else: {} }, {}, () => true);
    assert.ok(!result.ok && result.reason === 'unreadable' && result.message !== '');
  });
});

describe('the preview of a file', () => {
  const cases: readonly (readonly [string, Json, Json, readonly string[]])[] = [
    ['the same', { a: [1, { b: 2 }] }, { a: [1, { b: 2 }] }, []],
    ['another order', { a: 1, b: 2 }, { b: 2, a: 1 }, []],
    ['null is absent', { a: 1 }, { a: 1, color: null }, []],
    ['changed', { a: { b: 1 } }, { a: { b: 2 } }, ['changed /a/b']],
    ['extra', { a: 1 }, { a: 1, b: 2 }, ['extra /b']],
    ['missing', { a: 1, b: [] }, { a: 1 }, ['missing /b']],
    ['longer list', { a: [1] }, { a: [1, 2] }, ['extra /a/1']],
    ['another kind', { a: [] }, { a: {} }, ['changed /a']],
    ['all of it', null, { type: 'Card' }, ['extra ']],
  ];
  for (const [name, preview, rendered, expected] of cases) {
    test(name, () => {
      assert.deepEqual(
        previewDifferences(preview, rendered).map(({ kind, path }) => `${kind} ${path}`),
        expected,
      );
    });
  }
});

describe('a .widget file', () => {
  const file = { version: '1.0', name: 'n', template: '{}' };
  test('is parsed with all its parts', () => {
    const state = { city: 'Tromsø 🚚' };
    const text = JSON.stringify({ name: 'studio', defaultState: state, view: '<Card/>' });
    const encodedWidget = Buffer.from(text).toString('base64url');
    const result = parseWidgetFile(
      JSON.stringify({
        ...file,
        jsonSchema: { type: 'object' },
        outputJsonPreview: { type: 'Card' },
        encodedWidget,
        extra: 1,
      }),
    );
    assert.deepEqual(result, {
      ok: true,
      file: {
        version: '1.0',
        name: 'n',
        template: '{}',
        jsonSchema: { type: 'object' },
        outputJsonPreview: { type: 'Card' },
        studio: { name: 'studio', text, defaultState: state, view: '<Card/>' },
      },
    });
  });

  for (const encodedWidget of ['', '!!!', 'AAAA', Buffer.from('[1]').toString('base64url')]) {
    test(`ignores the invalid encodedWidget ${JSON.stringify(encodedWidget)}`, () => {
      const result = parseWidgetFile(JSON.stringify({ ...file, encodedWidget }));
      assert.ok(result.ok && result.file.studio === null);
    });
  }

  const broken: readonly (readonly [string, string, string])[] = [
    ['no JSON', '{', ''],
    ['no object', '[]', ''],
    ['no template', JSON.stringify({ version: '1.0', name: 'n' }), '/template'],
    ['another version', JSON.stringify({ ...file, version: '2.0' }), '/version'],
  ];
  for (const [name, text, path] of broken) {
    test(`${name} is reported with its position`, () => {
      const result = parseWidgetFile(text);
      assert.ok(!result.ok);
      assert.equal(result.path, path);
      assert.notEqual(result.message, '');
    });
  }
});

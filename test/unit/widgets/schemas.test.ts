import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { isJsonObject } from '../../../src/base/common/json.ts';
import { widgetFileJsonSchema } from '../../../src/widgets/common/schema/fileSchema.ts';
import { widgetJsonSchema } from '../../../src/widgets/common/schema/jsonSchema.ts';
import { widgetReference } from '../../../src/widgets/common/schema/reference.ts';
import { readText } from '../../support/sources.ts';

describe('generated files are up to date (npm run schemas)', () => {
  for (const [file, schema] of [
    ['schemas/chatkit-widget.schema.json', widgetJsonSchema()],
    ['schemas/chatkit-widget-file.schema.json', widgetFileJsonSchema()],
  ] as const) {
    test(file, () => assert.deepEqual(JSON.parse(readText(file)), schema));
  }

  test('docs/widgets.md', () => assert.ok(readText('docs/widgets.md').endsWith(`\n${widgetReference()}`)));
});

test('the schema of widgets contains every definition that it refers to', () => {
  const schema = widgetJsonSchema();
  const definitions = isJsonObject(schema['definitions']) ? Object.keys(schema['definitions']) : [];
  const references = [...JSON.stringify(schema).matchAll(/"\$ref":"#\/definitions\/([^"]+)"/g)].map(([, name]) => name);
  assert.ok(references.length > 20);
  assert.deepEqual(
    references.filter((name) => !definitions.includes(name ?? '')),
    [],
  );
});

test('the schema of a file refers to the schema of widgets by the name of its file', () => {
  const references = [...JSON.stringify(widgetFileJsonSchema()).matchAll(/"\$ref":"([^"]+)"/g)].map(([, name]) => name);
  assert.deepEqual(references, ['./chatkit-widget.schema.json']);
});

import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { test } from 'node:test';
import { sessionFileSchema } from '../../../src/sessions/common/fileSchema.ts';

test('the contributed schema is up to date (npm run schemas)', async () => {
  const written = await readFile(new URL('../../../schemas/chatkit-session.schema.json', import.meta.url), 'utf8');
  assert.deepEqual(JSON.parse(written), JSON.parse(JSON.stringify(sessionFileSchema())));
});

test('every value of the request has a description and accepts a placeholder', () => {
  const leaves: string[] = [];
  const walk = (node: Record<string, unknown>, path: string): void => {
    const properties = node['properties'] as Record<string, Record<string, unknown>> | undefined;
    if (path !== '') assert.ok(node['description'], `${path} has no description`);
    if (properties === undefined) {
      leaves.push(path);
      assert.match(JSON.stringify(node), /"type":"string"/, `${path} accepts no placeholder`);
      return;
    }
    for (const [name, inner] of Object.entries(properties)) walk(inner, path === '' ? name : `${path}.${name}`);
  };
  walk(sessionFileSchema(), '');
  assert.equal(leaves.length, 16, leaves.join());
});

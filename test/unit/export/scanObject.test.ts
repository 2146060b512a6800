import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { isSourceError } from '../../../src/chatkit/common/errors.ts';
import { type ByteReader, inMemory } from '../../../src/export/node/byteReader.ts';
import { type Span, scanObject } from '../../../src/export/node/exportIndex.ts';

const bytes = (text: string) => inMemory(new TextEncoder().encode(text));

async function valueAt(reader: ByteReader, span: Span): Promise<unknown> {
  return JSON.parse(new TextDecoder().decode(await reader.read(span.start, span.end - span.start)));
}

async function scanned(text: string): Promise<{ values: Record<string, unknown>; items: unknown[] | null }> {
  const reader = bytes(text);
  const { values, elements } = await scanObject(reader, 'items');
  const read: Record<string, unknown> = {};
  for (const [key, span] of values) {
    Object.defineProperty(read, key, { value: await valueAt(reader, span), enumerable: true });
  }
  return { values: read, items: elements && (await Promise.all(elements.map((span) => valueAt(reader, span)))) };
}

describe('scanObject', () => {
  test('finds what JSON.parse finds, in any formatting', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.dictionary(fc.string(), fc.jsonValue({ maxDepth: 3 })),
        fc.array(fc.jsonValue({ maxDepth: 3 }), { maxLength: 6 }),
        fc.constantFrom(undefined, 1, 2, '\t'),
        async (fields, items, indent) => {
          delete fields['items'];
          const text = JSON.stringify({ ...fields, items, after: 1 }, null, indent);
          const { items: wantedItems, ...wanted } = JSON.parse(text) as Record<string, unknown>;
          const found = await scanned(text);
          assert.deepEqual(JSON.stringify(found.values), JSON.stringify(wanted));
          assert.deepEqual(found.items, wantedItems);
        },
      ),
      { numRuns: 300 },
    );
  });

  const fine: [name: string, text: string, items: unknown[] | null][] = [
    ['no array', '{"a":1}', null],
    ['an empty array', '{"items":[]}', []],
    ['brackets and quotes inside strings', '{"a":"]}\\"","items":["[{",{"x":"\\\\"}]}', ['[{', { x: '\\' }]],
    ['a byte order mark', '\ufeff{"items":[1]}', [1]],
    ['an items key further down is not ours', '{"thread":{"items":[9]},"items":[1]}', [1]],
    ['a key written with escapes', '{"it\\u0065ms":[1]}', [1]],
  ];
  for (const [name, text, items] of fine) {
    test(name, async () => assert.deepEqual((await scanned(text)).items, items));
  }

  const truncated: [text: string, at: number, items: unknown[]][] = [
    ['{"items":[1,2', 13, [1]],
    ['{"items":[1,{"a":"', 18, [1]],
    ['{"items":[1]', 12, [1]],
    ['{"items":[1]} x', 14, [1]],
    ['{"items":[1] x', 13, [1]],
  ];
  for (const [text, at, items] of truncated) {
    test(`returns the elements before the error in ${text}`, async () => {
      assert.equal((await scanObject(bytes(text), 'items')).invalidAt, at);
      assert.deepEqual((await scanned(text)).items, items);
    });
  }

  const broken = ['', '[]', '{"a":1} x', 'x', '{"a":"', '{"items":', '<html>'];
  for (const text of broken) {
    test(`rejects ${JSON.stringify(text)}`, () =>
      assert.rejects(scanObject(bytes(text), 'items'), (error) => isSourceError(error, 'invalidResponse')));
  }
});

import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { exactJson, numberText, parseExact, parseJson, withNumbersOf } from '../../../src/base/common/parseJson.ts';
import type { JsonObject } from '../../../src/base/common/json.ts';
import { threadFileItem } from '../../../src/export/common/format.ts';
import { jsonForWebview } from '../../../src/inspector/common/inspectorItem.ts';
import { toServerItem } from '../../../src/chatkit/common/wire/server/item.ts';

const numbers = ['12345678901234567890', '1.0', '1e400', '-0', '0.10', '1E5', '0.0000001', '3.14159265358979323846264'];

describe('numbers of JSON', () => {
  test('numbers are printed with all digits, in objects and lists', () => {
    for (const number of numbers) {
      for (const text of [`{"a":${number}}`, `[1,${number}]`, `{"data":[{"id":"x","n":[${number}]}]}`]) {
        assert.equal(exactJson(parseExact(text)), text);
      }
    }
  });

  test('are those of the sent item in the page, in Copy JSON and in an export', () => {
    const list = parseJson(
      `{"data": [{"id":"i","type":"workflow","thread_id":"t","created_at":1700000000.0,"n":9007199254740993}]}`,
    ) as unknown as { readonly data: readonly JsonObject[] };
    const item = toServerItem(list.data[0] ?? {}, 't');
    for (const text of [jsonForWebview(item?.raw ?? null).text, threadFileItem(item?.raw ?? null, true)]) {
      assert.match(text, /9007199254740993/);
      assert.match(text, /1700000000\.0\b/);
    }
  });

  test('remain exact in a copy, and not in a changed value', () => {
    const value = parseExact('{"a":1.0,"b":2.0}') as JsonObject;
    assert.equal(exactJson(withNumbersOf(value, { ...value, b: 3 })), '{"a":1.0,"b":3}');
    assert.equal(numberText(value, 'a'), '1.0');
    assert.equal(numberText(value, 'toString'), null);
  });

  test('any JSON is printed as it was sent', () => {
    const number = fc.oneof(
      fc.constantFrom(...numbers),
      fc.double({ noNaN: true, noDefaultInfinity: true }).map(String),
    );
    const text = fc.oneof(
      number,
      fc.string().map((inner) => JSON.stringify(inner)),
    );
    const list = fc.array(
      fc.tuple(
        fc.string({ minLength: 1 }).filter((key) => !/^\d+$/.test(key)),
        text,
      ),
    );
    fc.assert(
      fc.property(list, (pairs) => {
        const fields = [...new Map(pairs)].map(([key, value]) => `${JSON.stringify(key)}:${value}`);
        const sent = `{${fields.join(',')}}`;
        assert.equal(exactJson(parseExact(sent)), sent);
      }),
      { seed: 4, numRuns: 300 },
    );
  });

  test('are read from any depth and length', () => {
    for (const text of [`${'['.repeat(200_000)}1.0${']'.repeat(200_000)}`, `[${'1.0,'.repeat(200_000)}1.0]`]) {
      assert.doesNotThrow(() => exactJson(parseJson(text)));
    }
    assert.doesNotThrow(() => parseExact(`"${'1'.repeat(2_000_000)}"`));
  });
});

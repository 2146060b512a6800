import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import * as z from 'zod';
import { matcherOf } from '../../../../src/chatkit/common/wire/readWith.ts';

const part = z.object({ type: z.string(), text: z.string().nullish(), tags: z.array(z.string()).optional() });
const shape = z.object({
  id: z.string().min(1),
  at: z.union([z.number(), z.string()]).nullish().catch(null),
  open: z.boolean(),
  parts: z.array(part),
  rest: z.unknown().optional(),
});
const whole = { id: 'a', at: 1, open: true, parts: [{ type: 't', text: null }], rest: { x: [1] } };

const rows: readonly [name: string, schema: z.ZodType, value: unknown, fits: boolean][] = [
  ['an object with all its fields', shape, whole, true],
  ['fields that the schema does not name', shape, { ...whole, more: 1 }, true],
  ['what may be left out', shape, { id: 'a', open: true, parts: [] }, true],
  ['an empty text that may not be', shape, { ...whole, id: '' }, false],
  ['a broken element', shape, { ...whole, parts: [{ type: 1 }] }, false],
  ['what the schema would repair', shape, { ...whole, at: true }, false],
  ['a list for an object', shape, [], false],
  ['an object for a list', shape, { ...whole, parts: {} }, false],
  ['a number past all numbers', z.number(), JSON.parse('1e999'), false],
  ['a whole number', z.int(), 1, true],
  ['a number that is not whole', z.int(), 1.5, false],
  ['a whole number with a check of its own', z.int().positive(), -1, false],
  ['what a test of its own lets through', z.custom<string>((value) => value === 'a'), 'a', true],
  ['what a test of its own does not', z.custom<string>((value) => value === 'a'), 'b', false],
  ['a format: the schema itself is asked', z.int32(), 1, false],
  ['an address: the schema itself is asked', z.url(), 'x', false],
  ['a check that is not known here', z.string().max(3), 'long text', false],
  ['two checks', z.string().min(1).max(3), 'long text', false],
  ['a refinement', z.number().refine((value) => value > 1), 0, false],
  ['a conversion', z.string().transform(Number), '1', false],
  ['a default', z.string().default('x'), undefined, false],
  ['a literal', z.literal('a'), 'b', false],
  ['a strict object', z.strictObject({}), { more: 1 }, false],
];

describe('a quick check of the shape of JSON', () => {
  for (const [name, schema, value, fits] of rows) {
    test(`${name}: ${fits ? 'fits' : 'does not fit'}`, () => assert.equal(matcherOf(schema)(value), fits));
  }

  test('any JSON that fits equals the result of the schema', () => {
    const named = shape.extend({ parts: z.array(part.strict()) }).strict();
    const json = fc.jsonValue({ maxDepth: 2 });
    const oddly = <T>(usual: fc.Arbitrary<T>) =>
      fc.oneof({ weight: 6, arbitrary: usual }, { weight: 1, arbitrary: json });
    const parts = fc.array(
      oddly(
        fc.record({ type: oddly(fc.string()), text: oddly(fc.string()) }, { requiredKeys: [], noNullPrototype: true }),
      ),
      { maxLength: 3 },
    );
    const values = fc.record(
      { id: oddly(fc.string()), at: oddly(fc.double()), open: oddly(fc.boolean()), parts: oddly(parts), rest: json },
      { requiredKeys: [], noNullPrototype: true },
    );
    const fits = matcherOf(shape);
    fc.assert(
      fc.property(values, (value) => {
        if (fits(value)) assert.deepEqual(named.safeParse(value), { success: true, data: value });
      }),
      { numRuns: 2000 },
    );
  });
});

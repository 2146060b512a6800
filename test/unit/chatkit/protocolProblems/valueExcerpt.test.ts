import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { maxExcerptLength, valueExcerpt } from '../../../../src/chatkit/common/protocolProblems/problemLog.ts';

const plain = (value: unknown): string => valueExcerpt(value, (text) => text);

describe('valueExcerpt', () => {
  const cases: readonly [value: unknown, excerpt: string][] = [
    ['a\nb', 'a b'],
    [7, '7'],
    [null, 'null'],
    [true, 'true'],
    [{ a: [1, 'x', null] }, '{"a":[1,"x",null]}'],
    [{ a: { b: { c: { d: { e: 1 } } } } }, '{"a":{"b":{"c":{"d":{…}}}}}'],
    [{ client_secret: 'ek_1', Authorization: 'Bearer x' }, '{"client_secret":"•••","Authorization":"•••"}'],
    [
      { headers: { 'x-api-key': 'k', 'content-type': 'text/plain' } },
      '{"headers":{"x-api-key":"•••","content-type":"text/plain"}}',
    ],
    [{ accessToken: 'abc', input_tokens: 812 }, '{"accessToken":"•••","input_tokens":812}'],
    ['https://s3.example/a?X-Amz-Signature=abc&part=1', 'https://s3.example/a?X-Amz-Signature=•••&part=1'],
    ['https://user:pass@host/path', 'https://•••@host/path'],
    ['token eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.sig', 'token •••'],
  ];
  for (const [value, excerpt] of cases) {
    test(excerpt, () => assert.equal(plain(value), excerpt));
  }

  test('removes the secrets of the connection', () => {
    assert.equal(
      valueExcerpt({ echo: 'hunter22' }, (text) => text.replaceAll('hunter22', '•••')),
      '{"echo":"•••"}',
    );
  });

  test('does not look at more of a large value than it shows', () => {
    let reads = 0;
    const list = Array.from({ length: 1000 }, () => ({
      get text() {
        reads += 1;
        return 'x'.repeat(100);
      },
    }));
    assert.equal(plain(list).length, maxExcerptLength);
    assert.ok(reads < 30, `${reads} reads`);
  });

  test('is one line of at most 200 characters without half characters', () => {
    fc.assert(
      fc.property(fc.oneof(fc.jsonValue(), fc.string({ unit: 'binary', maxLength: 400 })), (value) => {
        const text = plain(value);
        assert.ok(text.length <= maxExcerptLength);
        assert.doesNotMatch(text, /[\r\n]/);
        if (text.length === maxExcerptLength) assert.doesNotMatch(text, /[\uD800-\uDBFF]…$/);
      }),
    );
  });
});

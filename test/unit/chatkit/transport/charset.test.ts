import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { ChunkDecoder, decodeText, declaredCharset } from '../../../../src/chatkit/node/transport/charset.ts';

const typed = (charset: string) => ({ 'content-type': `application/json; charset=${charset}` });
const word = 'Café für 3 €, 日本';

/** Decodes bytes that arrive in chunks of one size. */
function inChunks(bytes: Uint8Array, size: number, headers: Readonly<Record<string, string>>) {
  let reports = 0;
  const decoder = new ChunkDecoder(headers, () => (reports += 1));
  let text = '';
  for (let start = 0; start < bytes.length; start += size) text += decoder.decode(bytes.subarray(start, start + size));
  return { text: text + decoder.end(), reports };
}

describe('charsets', () => {
  const cases: readonly [name: string, charset: string | null][] = [
    ['utf-8', null],
    ['"UTF-8"', null],
    ['us-ascii', null],
    ['ISO-8859-1', 'windows-1252'],
    ['utf-16le', 'utf-16le'],
    ['klingon', null],
  ];
  for (const [name, charset] of cases) test(name, () => assert.equal(declaredCharset(typed(name)), charset));

  test('bytes of a declared charset are read with it', () => {
    const latin = Buffer.from('Café', 'latin1');
    assert.deepEqual(decodeText(latin, typed('iso-8859-1')), { text: 'Café', isUtf8: false });
    assert.deepEqual(decodeText(latin, {}), { text: 'Caf\uFFFD', isUtf8: false });
    assert.deepEqual(decodeText(Buffer.from('Café', 'utf16le'), typed('utf-16le')), { text: 'Café', isUtf8: false });
  });

  test('UTF-8 is read as such where a server declares its default charset', () => {
    assert.deepEqual(decodeText(Buffer.from(word), typed('iso-8859-1')), { text: word, isUtf8: true });
    assert.deepEqual(inChunks(Buffer.from(word), 3, typed('iso-8859-1')), { text: word, reports: 0 });
  });

  test('the replacement character itself is UTF-8', () => {
    assert.deepEqual(decodeText(Buffer.from('a\uFFFDb'), {}), { text: 'a\uFFFDb', isUtf8: true });
    assert.equal(inChunks(Buffer.from('a\uFFFDb'), 9, {}).reports, 0);
  });

  test('a stream that is cut inside a character is reported once', () => {
    const bytes = Buffer.concat([Buffer.from('é').subarray(0, 1), Buffer.from('x'), Buffer.from('é').subarray(1)]);
    assert.deepEqual(inChunks(bytes, 9, {}), { text: '\uFFFDx\uFFFD', reports: 1 });
  });

  test('any text is the same in chunks of any size', () => {
    const sizes = fc.integer({ min: 1, max: 7 });
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), sizes, (text, size) => {
        assert.deepEqual(inChunks(Buffer.from(text), size, {}).text, text);
        assert.deepEqual(inChunks(Buffer.from(text), size, typed('latin1')).text, text);
      }),
    );
    const latin = fc.string({ unit: fc.constantFrom('a', 'é', 'ü', 'ß', '{') }).map((text) => `é ${text}`);
    fc.assert(
      fc.property(latin, sizes, (text, size) => {
        assert.deepEqual(inChunks(Buffer.from(text, 'latin1'), size, typed('latin1')), { text, reports: 1 });
      }),
    );
  });
});

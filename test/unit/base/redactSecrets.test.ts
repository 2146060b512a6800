import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { secretRedactor } from '../../../src/base/common/redact.ts';

describe('secrets in texts', () => {
  const rows: [name: string, secrets: string[], text: string, clean: string][] = [
    ['the value', ['tenant-1234'], 'got tenant-1234!', 'got •••!'],
    ['with its scheme', ['Bearer abcdefgh'], 'Authorization: Bearer abcdefgh.', 'Authorization: •••.'],
    ['without its scheme', ['Bearer abcdefgh'], 'key abcdefgh', 'key •••'],
    ['percent-encoded', ['a b/c+d'], '/x?k=a%20b%2Fc%2Bd&y', '/x?k=•••&y'],
    ['JSON-escaped', ['a"b\\c'], String.raw`{"k":"a\"b\\c"}`, '{"k":"•••"}'],
    ['twice', ['abcd'], 'abcd abcd', '••• •••'],
    ['one inside another', ['abcd', 'abcdefgh'], 'abcdefgh', '•••'],
    ['characters of expressions', ['a.c(d)[e]$'], 'x a.c(d)[e]$ abc', 'x ••• abc'],
    ['too short to be one', ['abc'], 'abc', 'abc'],
    ['half a character', ['abc\ud800d'], 'abc\ud800d', '•••'],
    ['a key', [], 'Incorrect API key provided: sk-proj-AbC_123. See', 'Incorrect API key provided: sk-••• See'],
    ['a half-masked key', [], 'provided: sk-proj-****abcd', 'provided: sk-•••'],
    ['a client secret', [], 'ek_68e8_00eyJ4IjogMX0= rest', 'ek-••• rest'],
    ['an authorization header', [], 'authorization: Bearer eyJhbGciOi.J9', 'authorization: Bearer •••'],
    ['basic credentials', [], 'Basic dXNlcjpwYXNz1= x', 'Basic ••• x'],
    [
      'a sentence about headers',
      [],
      'Use Bearer auth (i.e. Authorization: Bearer YOUR_KEY).',
      'Use Bearer auth (i.e. Authorization: Bearer YOUR_KEY).',
    ],
    ['words that only look alike', [], 'a risk-based task-list, desk_id, sk-', 'a risk-based task-list, desk_id, sk-'],
    ['the start before a cut', ['Bearer hunter2-abc'], 'is "Bearer hunt…" and hunter2…', 'is "•••…" and •••…'],
    ['a shorter start before a cut', ['hunter2-abc'], 'hun… hunter, too', 'hun… hunter, too'],
    ['nothing', ['abcd'], '', ''],
  ];
  for (const [name, secrets, text, clean] of rows) {
    test(name, () => assert.equal(secretRedactor(secrets)(text), clean));
  }
});

import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { fileNamePart, withoutReserved } from '../../../src/base/common/fileName.ts';
import { exportFileName } from '../../../src/export/node/target.ts';

/** The first digits of the SHA-256 that `sha256sum` prints. */
const hashOf = { cthr_1: '50e09b92f7' } as const;

describe('file names of exports', () => {
  const cases: readonly (readonly [title: string | null, words: string])[] = [
    ['Customer escalation', 'customer-escalation'],
    ['../../etc/passwd', 'etc-passwd'],
    ['C:\\Windows\\notes.txt:stream', 'c-windows-notes-txt-stream'],
    ['注文の状況', '注文の状況'],
    ['हिन्दी', 'हिन्दी'],
    [null, 'thread'],
    ['', 'thread'],
    ['...', 'thread'],
    ['.hidden. ', 'hidden'],
    ['trailing dots... ', 'trailing-dots'],
    ['a\u0000b\u001bc\nd\u007fe', 'a-b-c-d-e'],
    ['invoice\u202Efdp.exe', 'invoicefdp-exe'],
    ['a\u200Bb\u2066c\uFEFFd\u3164e', 'abcde'],
    ['CON', 'con'],
    ['COM¹', 'com1'],
    ['👩‍👩‍👧 family', 'family'],
  ];
  for (const [title, words] of cases) {
    test(JSON.stringify(title), () => {
      assert.equal(exportFileName({ id: 'cthr_1', title }), `${words}-${hashOf.cthr_1}`);
    });
  }

  test('IDs that differ only at the start, in case or in special characters have different names', () => {
    const title = 'Same title';
    const ids = ['cthr_a0123456789ab', 'cthr_b0123456789ab', 'CTHR_A0123456789AB', 'cthr/a0123456789ab', '../..', '..'];
    const names = ids.map((id) => exportFileName({ id, title }).toLowerCase());
    assert.equal(new Set(names).size, ids.length);
    for (const name of names) assert.match(name, /^same-title-[0-9a-f]{10}$/);
  });

  test('long titles fit into 255 bytes with every extension and are not cut within a character', () => {
    for (const letter of ['a', 'ж', '注', '𠮷', 'e\u0301\u0323']) {
      const name = `${exportFileName({ id: 'cthr_1', title: letter.repeat(500) })}.chatkit.jsonl`;
      assert.ok(Buffer.byteLength(name) <= 160, name);
      assert.equal(Buffer.from(name).toString(), name, 'half a character would be replaced');
    }
  });
});

describe('names reserved by Windows', () => {
  const reserved = [
    'CON',
    'con',
    'PRN',
    'AUX',
    'NUL',
    'COM0',
    'COM1',
    'com9',
    'COM¹',
    'COM²',
    'LPT1',
    'LPT9',
    'lpt³',
    'CONIN$',
  ];
  for (const name of reserved) {
    test(name, () => {
      assert.equal(withoutReserved(name), `_${name}`);
      assert.equal(withoutReserved(`${name}.chatkit-session.json`), `_${name}.chatkit-session.json`);
      assert.equal(withoutReserved(`${name} .json`), `_${name} .json`);
    });
  }

  test('does not change other names', () => {
    for (const name of ['console.json', 'com10.json', 'nul-1.json', 'my.con.json'])
      assert.equal(withoutReserved(name), name);
  });
});

test('allows additional characters, but not at the start or end', () => {
  assert.equal(fileNamePart('.ada.l@example.com. ', 100, '._-'), 'ada.l-example.com');
  assert.equal(fileNamePart('ada.', 4, '._-'), 'ada');
  assert.equal(fileNamePart('ada-b', 4), 'ada');
});

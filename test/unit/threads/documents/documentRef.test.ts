import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import {
  documentPath,
  parseDocumentPath,
  type DocumentRef,
} from '../../../../src/threads/vscode/documents/documentRef.ts';

const cases: [ref: DocumentRef, path: string][] = [
  [{ connectionId: 'a', threadId: 'cthr_1', form: 'json' }, '/a/cthr_1.json'],
  [{ connectionId: 'a', threadId: 'cthr_1', form: 'md' }, '/a/cthr_1.md'],
  [{ connectionId: 'a', threadId: 'cthr_1', itemId: 'cti_2', form: 'json' }, '/a/cthr_1/cti_2.json'],
  [{ connectionId: 'a/b', threadId: '..', itemId: 'x%2F\\y', form: 'json' }, '/a%2Fb/%2E%2E/x%252F%5Cy.json'],
  [{ connectionId: 'a', threadId: 'x.md', form: 'json' }, '/a/x.md.json'],
  [{ connectionId: 'a', threadId: 't', itemId: 'cti_2', form: 'widget' }, '/a/t/cti_2.chatkit-widget.json'],
  [{ connectionId: 'a', threadId: 't', itemId: 'x.chatkit-widget', form: 'json' }, '/a/t/x%2Echatkit-widget.json'],
  [{ connectionId: 'a', threadId: 't', itemId: '.chatkit-widget', form: 'json' }, '/a/t/%2Echatkit-widget.json'],
];
for (const [ref, path] of cases) {
  test(`creates and parses ${path}`, () => {
    assert.equal(documentPath(ref), path);
    assert.deepEqual(parseDocumentPath(path), ref);
  });
}

test('a path can be parsed back for any IDs', () => {
  const id = fc.string({ unit: 'grapheme', minLength: 1 });
  fc.assert(
    fc.property(id, id, fc.option(id, { nil: undefined }), (connectionId, threadId, itemId) => {
      const ref: DocumentRef = { connectionId, threadId, form: 'json', ...(itemId === undefined ? {} : { itemId }) };
      assert.deepEqual(parseDocumentPath(documentPath(ref)), ref);
      assert.equal(documentPath(ref).split('/').length, itemId === undefined ? 3 : 4);
    }),
    { seed: 5 },
  );
});

test('returns null for other paths', () => {
  for (const path of ['', '/', '/a.json', '/a/b', '/a/b.txt', '/a/b/c.md', '/a/b/c/d.json']) {
    assert.equal(parseDocumentPath(path), null, path);
  }
});

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { contextValue } from '../../../src/threads/vscode/rows/rowContext.ts';
import { rowId } from '../../../src/threads/vscode/model/nodes.ts';

test('contains the kind and the flags in alphabetical order', () => {
  assert.equal(contextValue('item'), 'item');
  assert.equal(
    contextValue('thread', { renamable: true, deletable: true, other: false }),
    'thread deletable renamable',
  );
});

test('row IDs are unique', () => {
  const rows = [
    ['a', 'b/c'],
    ['a/b', 'c'],
    ['a', 'b%2Fc'],
    ['a', 'b', 'c'],
    ['a\ud800', 'b'],
  ].map((parts) => rowId('thread', ...parts));
  assert.equal(new Set(rows).size, rows.length);
});

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { beside, contextValue, pairTitle } from '../../../src/threads/vscode/rows/rowContext.ts';
import { rowId } from '../../../src/threads/vscode/model/nodes.ts';

test('contains the kind and the flags in alphabetical order', () => {
  assert.equal(contextValue('item'), 'item');
  assert.equal(
    contextValue('thread', { renamable: true, deletable: true, other: false }),
    'thread deletable renamable',
  );
});

test('a description stays apart from a label with right-to-left text', () => {
  assert.equal(beside('Order 18310', '6h ago'), '6h ago');
  assert.equal(beside('استفسار 18310', '6h ago'), '\u200e6h ago');
  assert.equal(beside('הזמנה', ''), '');
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

test('two titles that read from right to left keep their places', () => {
  assert.equal(pairTitle('Orders', 'Orders again'), 'Orders ↔ Orders again');
  assert.equal(pairTitle('استفسار', 'سؤال'), '\u2068استفسار\u2069 ↔ \u2068سؤال\u2069');
});

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { mimeTypeOf } from '../../../src/conversation/common/attachments.ts';

test('an attachment has the type of its ending, in the editor and on the command line', () => {
  const types = [
    'photo.JPG',
    'C:\\notes\\a.b.md',
    'memo.m4a',
    'table.xlsx',
    'noending',
    'folder.pdf/file',
    'x.constructor',
  ];
  assert.deepEqual(types.map(mimeTypeOf), [
    'image/jpeg',
    'text/markdown',
    'audio/mp4',
    'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
    ...Array.from({ length: 3 }, () => 'application/octet-stream'),
  ]);
});

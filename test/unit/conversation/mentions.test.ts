import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { mimeTypeOf } from '../../../src/conversation/common/attachments.ts';
import { type Mention, contentOf, parseData } from '../../../src/conversation/common/mentions.ts';
import { customAnswer, withCustomAnswer } from '../../../src/conversation/webview/items/inputAnswers.ts';

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

const order: Mention = { id: 'ord_7', text: 'Order 7', group: 'Orders', data: '{"total":12}' };
const user: Mention = { id: 'u', text: 'Order', group: '', data: '' };

describe('mentions in a message', () => {
  test('become tags at their place', () => {
    assert.deepEqual(contentOf('Where is @Order 7 now?', [order]), [
      { type: 'text', text: 'Where is ' },
      { type: 'tag', id: 'ord_7', text: 'Order 7', data: { total: 12 }, group: 'Orders' },
      { type: 'text', text: ' now?' },
    ]);
  });

  test('the longest mention wins, and each is used once', () => {
    assert.deepEqual(
      contentOf('@Order 7 and @Order', [user, order]).map((part) => (part.type === 'tag' ? part.id : part.text)),
      ['ord_7', ' and ', 'u'],
    );
  });

  test('are omitted if their text was removed', () => {
    assert.deepEqual(contentOf('Hello', [order]), [{ type: 'text', text: 'Hello' }]);
  });

  test('have an object as their data', () => {
    assert.deepEqual(
      [parseData(''), parseData('{"a":1}'), parseData('[1]'), parseData('{')],
      [{}, { a: 1 }, null, null],
    );
  });
});

describe('answers that are none of the options', () => {
  const field = {
    id: 'p',
    question: 'Priority?',
    type: 'multiple_choice',
    description: null,
    options: ['Low', 'High'],
    multiple: false,
    answer: null,
  } as const;

  test('replace a single choice', () => {
    const answer = withCustomAnswer(field, { values: ['Low'], skipped: false }, 'Medium');
    assert.deepEqual(answer, { values: ['Medium'], skipped: false });
    assert.equal(customAnswer(field, answer), 'Medium');
    assert.deepEqual(withCustomAnswer(field, answer, '').values, []);
  });

  test('are added to several choices', () => {
    const several = { ...field, multiple: true };
    const answer = withCustomAnswer(several, { values: ['Low'], skipped: true }, 'Medium');
    assert.deepEqual(answer, { values: ['Low', 'Medium'], skipped: false });
    assert.deepEqual(withCustomAnswer(several, answer, 'Mid').values, ['Low', 'Mid']);
  });
});

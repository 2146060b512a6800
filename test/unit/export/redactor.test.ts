import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { Redactor } from '../../../src/export/common/redactor.ts';
import type { Json } from '../../../src/base/common/json.ts';

const canary = 'CANARY';

describe('Redactor', () => {
  const cases: [name: string, given: Json, wanted: Json][] = [
    [
      'a thread keeps type, status and times',
      {
        id: 'cthr_CANARY',
        object: 'chatkit.thread',
        created_at: 5,
        title: 'CANARY',
        status: { type: 'active' },
        user: 'CANARY',
      },
      {
        id: 'id_1',
        object: 'chatkit.thread',
        created_at: 5,
        title: 'Title 1',
        status: { type: 'active' },
        user: 'user_1',
      },
    ],
    [
      'the reason of a locked thread is text',
      { status: { type: 'locked', reason: 'CANARY' } },
      { status: { type: 'locked', reason: '[text 1, 6 characters]' } },
    ],
    [
      'JSON text stays JSON text, its keys stay, its values go',
      { type: 'chatkit.client_tool_call', arguments: '{"city":"CANARY","n":42,"deep":{"x":["CANARY"]}}', output: null },
      {
        type: 'chatkit.client_tool_call',
        arguments: '{"city":"[text 1, 6 characters]","n":0,"deep":{"x":["[text 1, 6 characters]"]}}',
        output: null,
      },
    ],
    ['arguments that are no JSON are text', { arguments: '{CANARY' }, { arguments: '[text 1, 7 characters]' }],
    [
      'a widget keeps its looks and loses its words',
      { widget: '{"type":"Card","size":"sm","children":[{"type":"Title","value":"CANARY","color":"blue-500"}]}' },
      {
        widget:
          '{"type":"Card","size":"sm","children":[{"type":"Title","value":"[text 1, 6 characters]","color":"blue-500"}]}',
      },
    ],
    [
      'an action keeps its handler, and its payload is replaced',
      {
        widget: {
          type: 'Button',
          onClickAction: { type: 'a.b', handler: 'client', payload: { id: 7, who: 'CANARY' } },
        },
      },
      {
        widget: {
          type: 'Button',
          onClickAction: { type: 'a.b', handler: 'client', payload: { id: 0, who: '[text 1, 6 characters]' } },
        },
      },
    ],
    ['text in a protocol field is replaced', { type: `a sentence of ${canary}` }, { type: '[text 1, 20 characters]' }],
    [
      'the names of tools stay, the names of files go',
      [
        { type: 'chatkit.client_tool_call', name: 'get_location' },
        { type: 'image', name: 'CANARY.png' },
      ],
      [
        { type: 'chatkit.client_tool_call', name: 'get_location' },
        { type: 'image', name: '[text 1, 10 characters]' },
      ],
    ],
    ['links are replaced', { url: 'https://x.example/CANARY' }, { url: 'https://redacted.example/1' }],
    ['an unknown field is replaced', { brand_new: 'CANARY' }, { brand_new: '[text 1, 6 characters]' }],
  ];
  for (const [name, given, wanted] of cases) {
    test(name, () => assert.deepEqual(new Redactor().redact(given), wanted));
  }

  test('equal values have the same placeholder in an export', () => {
    const redactor = new Redactor();
    const thread = redactor.redact({ id: 'cthr_1', user: 'ann' });
    const item = redactor.redact({ id: 'cti_1', thread_id: 'cthr_1' });
    assert.deepEqual(
      [thread, item],
      [
        { id: 'id_1', user: 'user_1' },
        { id: 'id_2', thread_id: 'id_1' },
      ],
    );
  });

  test('a key named __proto__ is treated as data', () => {
    const out = new Redactor().redact(JSON.parse('{"arguments":{"__proto__":{"a":"x"}}}') as Json);
    assert.equal(JSON.stringify(out), '{"arguments":{"__proto__":{"a":"[text 1, 1 characters]"}}}');
  });
});

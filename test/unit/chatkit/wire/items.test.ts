import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { Json } from '../../../../src/base/common/json.ts';
import type { ThreadItem } from '../../../../src/chatkit/common/model/item.ts';
import { toItem } from '../../../../src/chatkit/common/wire/openai/item.ts';

const base = { id: 'cti_1', object: 'chatkit.thread_item', created_at: 1712345600, thread_id: 'cthr_own' };
const known = { id: 'cti_1', threadId: 'cthr_own', createdAt: 1712345600000 };
const sourceCommon = { title: null, description: null, timestamp: null, group: null };
const taskRest = { icon: null, queries: [], sources: [], progress: null };

type Expected = { readonly kind: ThreadItem['kind'] } & Readonly<Record<string, unknown>>;
type Row = [name: string, fields: Readonly<Record<string, unknown>>, expected: Expected];

const rows: readonly Row[] = [
  [
    'a user message with everything',
    {
      type: 'chatkit.user_message',
      content: [
        { type: 'quoted_text', text: 'shipped on Monday' },
        { type: 'input_text', text: 'Where is it now?' },
      ],
      attachments: [
        { type: 'image', id: 'cfile_1', name: 'a.png', mime_type: 'image/png', preview_url: 'https://x.example/a' },
        { type: 'file', id: 'cfile_2', name: 'b.pdf', mime_type: 'application/pdf', preview_url: null },
        { type: 'audio', id: 'cfile_3' },
      ],
      inference_options: { model: 'gpt-5', tool_choice: { id: 'order_lookup' } },
    },
    {
      kind: 'user_message',
      content: [
        { type: 'quote', text: 'shipped on Monday' },
        { type: 'text', text: 'Where is it now?' },
      ],
      attachments: [
        { type: 'image', id: 'cfile_1', name: 'a.png', mimeType: 'image/png', previewUrl: 'https://x.example/a' },
        { type: 'file', id: 'cfile_2', name: 'b.pdf', mimeType: 'application/pdf', previewUrl: null },
        { type: 'audio', id: 'cfile_3', name: '', mimeType: '', previewUrl: null },
      ],
      inference: { model: 'gpt-5', toolChoice: 'order_lookup' },
    },
  ],
  [
    'a user message with only files',
    { type: 'chatkit.user_message', content: [], attachments: [], inference_options: null },
    { kind: 'user_message', content: [], attachments: [], inference: null },
  ],
  [
    'a user message without what is optional',
    { type: 'chatkit.user_message', content: [{ type: 'input_text', text: 'hi' }], inference_options: {} },
    {
      kind: 'user_message',
      content: [{ type: 'text', text: 'hi' }],
      attachments: [],
      inference: { model: null, toolChoice: null },
    },
  ],
  [
    'user content of a new type',
    { type: 'chatkit.user_message', content: [{ type: 'input_audio', seconds: 3 }] },
    {
      kind: 'user_message',
      content: [{ type: 'unknown', wireType: 'input_audio', value: { type: 'input_audio', seconds: 3 } }],
      attachments: [],
      inference: null,
    },
  ],
  [
    'an assistant message with sources',
    {
      type: 'chatkit.assistant_message',
      content: [
        {
          type: 'output_text',
          text: 'It reached **Oslo**.',
          annotations: [
            { type: 'url', source: { type: 'url', url: 'https://carrier.example/1' } },
            { type: 'file', source: { type: 'file', filename: 'invoice.pdf' } },
            { type: 'place', source: { type: 'place', lat: 1 } },
            { type: 'odd' },
          ],
        },
      ],
    },
    {
      kind: 'assistant_message',
      parts: [
        {
          text: 'It reached **Oslo**.',
          annotations: [
            {
              index: null,
              source: { type: 'url', url: 'https://carrier.example/1', attribution: null, ...sourceCommon },
            },
            { index: null, source: { type: 'file', filename: 'invoice.pdf', ...sourceCommon } },
            {
              index: null,
              source: {
                type: 'unknown',
                wireType: 'place',
                value: { type: 'place', source: { type: 'place', lat: 1 } },
                ...sourceCommon,
              },
            },
            { index: null, source: { type: 'unknown', wireType: 'odd', value: { type: 'odd' }, ...sourceCommon } },
          ],
        },
      ],
    },
  ],
  [
    'an assistant message without annotations, and a part of a new type',
    {
      type: 'chatkit.assistant_message',
      content: [
        { type: 'output_text', text: 'a' },
        { type: 'refusal', text: 'no' },
        { type: 'output_image', url: 'u' },
      ],
    },
    {
      kind: 'assistant_message',
      parts: [
        { text: 'a', annotations: [] },
        { text: 'no', annotations: [], unknown: { wireType: 'refusal', value: { type: 'refusal', text: 'no' } } },
        {
          text: '',
          annotations: [],
          unknown: { wireType: 'output_image', value: { type: 'output_image', url: 'u' } },
        },
      ],
    },
  ],
  [
    'a widget as JSON text',
    { type: 'chatkit.widget', widget: '{"type":"Card"}' },
    { kind: 'widget', widget: { form: 'text', value: { type: 'Card' }, text: '{"type":"Card"}' }, copyText: null },
  ],
  [
    'a widget encoded twice',
    { type: 'chatkit.widget', widget: '"{\\"type\\":\\"Card\\"}"' },
    {
      kind: 'widget',
      widget: { form: 'doubleEncoded', value: { type: 'Card' }, text: '"{\\"type\\":\\"Card\\"}"' },
      copyText: null,
    },
  ],
  [
    'a widget as an object',
    { type: 'chatkit.widget', widget: { type: 'Card' } },
    { kind: 'widget', widget: { form: 'value', value: { type: 'Card' } }, copyText: null },
  ],
  ['no widget', { type: 'chatkit.widget' }, { kind: 'widget', widget: { form: 'absent' }, copyText: null }],
  [
    'a tool call under way',
    {
      type: 'chatkit.client_tool_call',
      status: 'in_progress',
      call_id: 'call_1',
      name: 'get_location',
      arguments: '{"precision":"city"}',
      output: null,
    },
    {
      kind: 'client_tool_call',
      status: 'open',
      wireStatus: 'in_progress',
      callId: 'call_1',
      name: 'get_location',
      arguments: { form: 'text', value: { precision: 'city' }, text: '{"precision":"city"}' },
      output: { form: 'absent' },
    },
  ],
  [
    'a tool call with a new status and without what is optional',
    { type: 'chatkit.client_tool_call', status: 'paused', name: 'f', arguments: '' },
    {
      kind: 'client_tool_call',
      status: 'unknown',
      wireStatus: 'paused',
      callId: null,
      name: 'f',
      arguments: { form: 'invalid', text: '', error: 'Unexpected end of JSON input' },
      output: { form: 'absent' },
    },
  ],
  [
    'a completed tool call',
    { type: 'client_tool_call', status: 'completed', call_id: 'c', name: 'f', arguments: {}, output: '[1]' },
    {
      kind: 'client_tool_call',
      status: 'completed',
      wireStatus: 'completed',
      callId: 'c',
      name: 'f',
      arguments: { form: 'value', value: {} },
      output: { form: 'text', value: [1], text: '[1]' },
    },
  ],
  [
    'a thought',
    { type: 'chatkit.task', task_type: 'thought', heading: 'Checking', summary: null },
    {
      kind: 'task',
      task: { type: 'thought', wireType: 'thought', title: 'Checking', content: null, ...taskRest },
    },
  ],
  [
    'a task of a new type',
    { type: 'chatkit.task', task_type: 'dream' },
    { kind: 'task', task: { type: 'unknown', wireType: 'dream', title: null, content: null, ...taskRest } },
  ],
  [
    'a task group',
    {
      type: 'chatkit.task_group',
      tasks: [
        { type: 'custom', heading: 'Searched', summary: '1 match' },
        { type: 'thought', heading: null },
      ],
    },
    {
      kind: 'task_group',
      tasks: [
        { type: 'custom', wireType: 'custom', title: 'Searched', content: '1 match', ...taskRest },
        { type: 'thought', wireType: 'thought', title: null, content: null, ...taskRest },
      ],
    },
  ],
  [
    'a type of another protocol',
    { type: 'chatkit.workflow', workflow: {} },
    { kind: 'unknown', wireType: 'chatkit.workflow', problem: null },
  ],
  [
    'a name that objects have by themselves',
    { type: 'chatkit.constructor' },
    { kind: 'unknown', wireType: 'chatkit.constructor', problem: null },
  ],
  ['no type', { content: [] }, { kind: 'unknown', wireType: null, problem: 'type: expected string' }],
  [
    'content that is a text',
    { type: 'chatkit.assistant_message', content: 'hello' },
    { kind: 'assistant_message', parts: [{ text: 'hello', annotations: [] }] },
  ],
  [
    'two things wrong',
    { type: 'chatkit.client_tool_call', status: 1, name: null },
    {
      kind: 'client_tool_call',
      status: 'unknown',
      wireStatus: '1',
      callId: null,
      name: '',
      arguments: { form: 'absent' },
      output: { form: 'absent' },
    },
  ],
  [
    'a broken part deep inside',
    {
      type: 'chatkit.user_message',
      content: [
        { type: 'input_text', text: 'a' },
        { type: 'input_text', text: 7 },
      ],
    },
    {
      kind: 'user_message',
      content: [
        { type: 'text', text: 'a' },
        { type: 'text', text: '7' },
      ],
      attachments: [],
      inference: null,
    },
  ],
];

describe('items of the REST API', () => {
  for (const [name, fields, expected] of rows) {
    test(name, () => {
      const raw = { ...base, ...fields } as unknown as Json;
      const item = toItem(raw, 'cthr_asked');
      assert.deepEqual(item, { ...known, ...expected, raw });
      assert.equal(item.raw, raw, 'the JSON itself, not a copy');
    });
  }

  for (const [name, fields] of rows) {
    test(`without a prefix: ${name}`, () => {
      const { type } = fields;
      const bare = typeof type === 'string' ? type.replace('chatkit.', '') : type;
      const prefixed = toItem({ ...base, ...fields } as unknown as Json, 'x');
      const item = toItem({ ...base, ...fields, ...(bare === undefined ? {} : { type: bare }) } as Json, 'x');
      assert.equal(item.kind, prefixed.kind);
    });
  }
});

describe('fields of every item', () => {
  const message = { type: 'chatkit.assistant_message', content: [] };
  const times: [value: unknown, ms: number | null][] = [
    [1712345600, 1712345600000],
    [1712345600.25, 1712345600250],
    ['2026-01-02T03:04:05.678901', Date.UTC(2026, 0, 2, 3, 4, 5, 678)],
    [null, null],
    [undefined, null],
    ['soon', null],
    [{}, null],
    [1e300, null],
  ];
  for (const [value, ms] of times) {
    test(`created_at ${JSON.stringify(value)}`, () => {
      const item = toItem({ ...base, ...message, created_at: value } as unknown as Json, 'x');
      assert.deepEqual([item.kind, item.createdAt], ['assistant_message', ms]);
    });
  }

  test('an item without thread_id belongs to the requested thread', () => {
    assert.equal(toItem({ id: 'a', ...message }, 'cthr_asked').threadId, 'cthr_asked');
  });

  const broken: [name: string, raw: Json, problem: string][] = [
    ['null', null, 'expected object'],
    ['text', 'item', 'expected object'],
    ['a list', [], 'expected object'],
  ];
  for (const [name, raw, problem] of broken) {
    test(`${name}: read as unknown with a placeholder id`, () => {
      const item = toItem(raw, 'cthr_asked');
      assert.equal(item.kind, 'unknown');
      assert.match(item.id, /^no-id-[0-9a-f]{8}$/);
      assert.equal(item.kind === 'unknown' && item.problem, problem);
      assert.equal(item.id, toItem(structuredClone(raw), 'cthr_asked').id, 'the same each time');
      assert.equal(item.threadId, 'cthr_asked');
    });
  }

  for (const raw of [message, { ...message, id: '' }, { ...message, id: null }, { ...message, id: [] }] as Json[]) {
    test(`${JSON.stringify(raw).slice(0, 80)}: has its kind and a placeholder id`, () => {
      const item = toItem(raw, 'cthr_asked');
      assert.equal(item.kind, 'assistant_message');
      assert.match(item.id, /^no-id-[0-9a-f]{8}$/);
      assert.equal(item.raw, raw);
    });
  }

  test('a number as id is read as text', () => {
    assert.equal(toItem({ ...message, id: 7 }, 'cthr_asked').id, '7');
  });

  test('different items without an id have different placeholder ids', () => {
    assert.notEqual(toItem({ type: 'a' }, 'x').id, toItem({ type: 'b' }, 'x').id);
  });
});

import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { Json } from '../../../../src/base/common/json.ts';
import type { ThreadItem } from '../../../../src/chatkit/common/model/item.ts';
import { toServerItem } from '../../../../src/chatkit/common/wire/server/item.ts';

const base = { id: 'msg_1', thread_id: 'thr_1', created_at: '2026-01-02T03:04:05.678901' };
const known = {
  id: 'msg_1',
  threadId: 'thr_1',
  createdAt: Date.UTC(2026, 0, 2, 3, 4, 5, 678),
  timeSource: 'assumedUtc',
};
const bare = { title: null, description: null, timestamp: null, group: null };
const plainTask = { title: null, content: null, icon: null, queries: [], sources: [], progress: 'none' };

type Expected = { readonly kind: ThreadItem['kind'] } & Readonly<Record<string, unknown>>;
type Row = [name: string, fields: Readonly<Record<string, unknown>>, expected: Expected];

const rows: readonly Row[] = [
  [
    'a user message with everything',
    {
      type: 'user_message',
      content: [
        { type: 'input_text', text: 'hi ' },
        { type: 'input_tag', id: 'o1', text: 'Order 1', data: { n: 1 }, group: 'orders', interactive: true },
        { type: 'input_tag', id: 'o2', text: 'Order 2' },
        { type: 'input_video', url: 'x' },
      ],
      attachments: [
        { id: 'atc_1', name: 'a.pdf', mime_type: 'application/pdf', type: 'file' },
        { id: 'atc_2', name: 'a.png', mime_type: 'image/png', type: 'image', preview_url: 'https://e.com/a.png' },
      ],
      quoted_text: 'shipped on Monday',
      inference_options: { model: 'gpt-5', tool_choice: { id: 'lookup' } },
    },
    {
      kind: 'user_message',
      content: [
        { type: 'quote', text: 'shipped on Monday' },
        { type: 'text', text: 'hi ' },
        { type: 'tag', id: 'o1', text: 'Order 1', group: 'orders', data: { n: 1 } },
        { type: 'tag', id: 'o2', text: 'Order 2', group: null, data: {} },
        { type: 'unknown', wireType: 'input_video', value: { type: 'input_video', url: 'x' } },
      ],
      attachments: [
        { id: 'atc_1', type: 'file', name: 'a.pdf', mimeType: 'application/pdf', previewUrl: null },
        { id: 'atc_2', type: 'image', name: 'a.png', mimeType: 'image/png', previewUrl: 'https://e.com/a.png' },
      ],
      inference: { model: 'gpt-5', toolChoice: 'lookup' },
    },
  ],
  [
    'a user message with nulls and an empty quote',
    {
      type: 'user_message',
      content: [],
      attachments: [],
      quoted_text: '',
      inference_options: { tool_choice: null, model: null },
    },
    { kind: 'user_message', content: [], attachments: [], inference: null },
  ],
  [
    'a user message with what is left out',
    { type: 'user_message', content: [{ type: 'input_text', text: 'hi' }], inference_options: {} },
    { kind: 'user_message', content: [{ type: 'text', text: 'hi' }], attachments: [], inference: null },
  ],
  [
    'an assistant message with every kind of source',
    {
      type: 'assistant_message',
      content: [
        {
          type: 'output_text',
          text: 'hello',
          annotations: [
            {
              type: 'annotation',
              source: {
                type: 'url',
                title: 'T',
                url: 'https://x',
                attribution: 'X',
                description: 'd',
                timestamp: 't',
                group: 'g',
              },
              index: 3,
            },
            { type: 'annotation', source: { type: 'file', title: 'F', filename: 'f.pdf' } },
            {
              type: 'annotation',
              index: 0,
              source: { type: 'entity', title: 'E', id: 'e', interactive: true, data: { a: 1 }, icon: 'user' },
            },
            { type: 'annotation', source: { type: 'entity', id: 'bare' } },
            { type: 'annotation', source: { type: 'song', title: 'S' } },
            { type: 'annotation' },
          ],
        },
      ],
    },
    {
      kind: 'assistant_message',
      parts: [
        {
          text: 'hello',
          annotations: [
            {
              index: 3,
              source: {
                type: 'url',
                url: 'https://x',
                attribution: 'X',
                title: 'T',
                description: 'd',
                timestamp: 't',
                group: 'g',
              },
            },
            { index: null, source: { type: 'file', filename: 'f.pdf', ...bare, title: 'F' } },
            {
              index: 0,
              source: {
                type: 'entity',
                id: 'e',
                icon: 'user',
                label: null,
                inlineLabel: null,
                interactive: true,
                data: { a: 1 },
                ...bare,
                title: 'E',
              },
            },
            {
              index: null,
              source: {
                type: 'entity',
                id: 'bare',
                icon: null,
                label: null,
                inlineLabel: null,
                interactive: false,
                data: {},
                ...bare,
              },
            },
            {
              index: null,
              source: { type: 'unknown', wireType: 'song', value: { type: 'song', title: 'S' }, ...bare, title: 'S' },
            },
            {
              index: null,
              source: { type: 'unknown', wireType: 'annotation', value: { type: 'annotation' }, ...bare },
            },
          ],
        },
      ],
    },
  ],
  [
    'a part without annotations, and one of a new type',
    { type: 'assistant_message', content: [{ text: 'a' }, { type: 'output_audio' }] },
    {
      kind: 'assistant_message',
      parts: [
        { text: 'a', annotations: [] },
        { text: '', annotations: [], unknown: { wireType: 'output_audio', value: { type: 'output_audio' } } },
      ],
    },
  ],
  [
    'a tool call under way',
    { type: 'client_tool_call', status: 'pending', call_id: 'call_1', name: 'n', arguments: { a: 1 } },
    {
      kind: 'client_tool_call',
      status: 'open',
      wireStatus: 'pending',
      callId: 'call_1',
      name: 'n',
      arguments: { form: 'value', value: { a: 1 } },
      output: { form: 'absent' },
    },
  ],
  [
    'a completed tool call of the Node port',
    { type: 'client_tool_call', status: 'completed', call_id: 'c', name: 'n', arguments: {}, output: null },
    {
      kind: 'client_tool_call',
      status: 'completed',
      wireStatus: 'completed',
      callId: 'c',
      name: 'n',
      arguments: { form: 'value', value: {} },
      output: { form: 'absent' },
    },
  ],
  [
    'a widget',
    { type: 'widget', widget: { type: 'Card', children: null }, copy_text: 'c' },
    { kind: 'widget', widget: { form: 'value', value: { type: 'Card', children: null } }, copyText: 'c' },
  ],
  [
    'a widget as text, as the hosted API has it',
    { type: 'chatkit.widget', widget: '{"type":"Card"}' },
    { kind: 'widget', widget: { form: 'text', value: { type: 'Card' }, text: '{"type":"Card"}' }, copyText: null },
  ],
  [
    'an image that follows later',
    { type: 'generated_image' },
    { kind: 'generated_image', image: null, progress: null },
  ],
  [
    'an image',
    { type: 'generated_image', image: { id: 'i', url: 'data:image/png;base64,x' } },
    { kind: 'generated_image', image: { id: 'i', url: 'data:image/png;base64,x' }, progress: null },
  ],
  [
    'a form',
    {
      type: 'structured_input',
      status: 'pending',
      inputs: [
        {
          id: 'p',
          question: 'Q?',
          type: 'multiple_choice',
          options: [{ value: 'Low' }, { value: 'High' }],
          multiple: true,
        },
        {
          id: 'n',
          question: 'W?',
          answer: { values: ['x'], skipped: false },
          type: 'freeform',
          description: 'd',
        },
        { id: 'z', question: 'Z?', type: 'slider', answer: { skipped: true } },
      ],
    },
    {
      kind: 'structured_input',
      status: 'pending',
      inputs: [
        {
          id: 'p',
          question: 'Q?',
          type: 'multiple_choice',
          description: null,
          options: ['Low', 'High'],
          multiple: true,
          answer: null,
        },
        {
          id: 'n',
          question: 'W?',
          type: 'freeform',
          description: 'd',
          options: [],
          multiple: false,
          answer: { values: ['x'], skipped: false },
        },
        {
          id: 'z',
          question: 'Z?',
          type: 'unknown',
          description: null,
          options: [],
          multiple: false,
          answer: { values: [], skipped: true },
        },
      ],
    },
  ],
  [
    'a form with a new status',
    { type: 'structured_input', status: 'expired', inputs: [] },
    { kind: 'structured_input', status: 'unknown', inputs: [] },
  ],
  [
    'a workflow with every type of task',
    {
      type: 'workflow',
      workflow: {
        type: 'reasoning',
        tasks: [
          { status_indicator: 'none', type: 'thought', content: 'c' },
          {
            status_indicator: 'loading',
            type: 'web_search',
            title: 's',
            title_query: 'q0',
            queries: ['q'],
            sources: [{ title: 'T', type: 'url', url: 'https://x' }],
          },
          { status_indicator: 'complete', type: 'file', sources: [{ title: 'f', type: 'file', filename: 'f.txt' }] },
          { type: 'image', title: 'img' },
          { status_indicator: 'paused', type: 'custom', title: 'c', icon: 'search', content: 'md' },
          { type: 'dance' },
        ],
        summary: { duration: 9 },
        expanded: true,
      },
    },
    {
      kind: 'workflow',
      workflowType: 'reasoning',
      expanded: true,
      summary: { durationMs: 9000 },
      tasks: [
        { ...plainTask, type: 'thought', wireType: 'thought', content: 'c' },
        {
          ...plainTask,
          type: 'web_search',
          wireType: 'web_search',
          title: 's',
          queries: ['q0', 'q'],
          sources: [{ type: 'url', url: 'https://x', attribution: null, ...bare, title: 'T' }],
          progress: 'loading',
        },
        {
          ...plainTask,
          type: 'file',
          wireType: 'file',
          sources: [{ type: 'file', filename: 'f.txt', ...bare, title: 'f' }],
          progress: 'complete',
        },
        { ...plainTask, type: 'image', wireType: 'image', title: 'img' },
        {
          ...plainTask,
          type: 'custom',
          wireType: 'custom',
          title: 'c',
          icon: 'search',
          content: 'md',
          progress: null,
        },
        { ...plainTask, type: 'unknown', wireType: 'dance' },
      ],
    },
  ],
  [
    'a workflow with a summary of its own',
    { type: 'workflow', workflow: { type: 'custom', tasks: [], summary: { title: '3 steps', icon: null } } },
    {
      kind: 'workflow',
      workflowType: 'custom',
      tasks: [],
      expanded: false,
      summary: { title: '3 steps', icon: null },
    },
  ],
  [
    'a workflow that is still open, with hardly anything',
    { type: 'workflow', workflow: {} },
    { kind: 'workflow', workflowType: 'unknown', tasks: [], expanded: false, summary: null },
  ],
  [
    'a task',
    { type: 'task', task: { type: 'custom', title: 'Looked up', status_indicator: 'none' } },
    { kind: 'task', task: { ...plainTask, type: 'custom', wireType: 'custom', title: 'Looked up' } },
  ],
  ['the end of a turn', { type: 'end_of_turn' }, { kind: 'unknown', wireType: 'end_of_turn', problem: null }],
  [
    'hidden context that should never be sent',
    { type: 'hidden_context_item', content: {} },
    { kind: 'unknown', wireType: 'hidden_context_item', problem: null },
  ],
  [
    'a task that is none',
    { type: 'task', task: 'x' },
    { kind: 'task', task: { ...plainTask, type: 'unknown', wireType: '' } },
  ],
];

describe('items of self-hosted servers', () => {
  for (const [name, fields, expected] of rows) {
    test(name, () => {
      const raw = { ...base, ...fields } as unknown as Json;
      const item = toServerItem(raw, 'thr_asked');
      assert.deepEqual(item, { ...known, ...expected, raw });
      assert.equal(item.raw, raw);
    });
  }
});

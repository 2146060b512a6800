import { parseJsonText } from '../../../../src/base/common/parseJson.ts';
import type { ItemKind, Task, ThreadItem } from '../../../../src/chatkit/common/model/item.ts';

type Of<K extends ItemKind> = Extract<ThreadItem, { kind: K }>;
const base = { id: 'i1', threadId: 't1', createdAt: 1_712_345_600_000, raw: { id: 'i1' } };

export const user = (text: string, more: Partial<Of<'user_message'>> = {}): ThreadItem => ({
  ...base,
  kind: 'user_message',
  content: text === '' ? [] : [{ type: 'text', text }],
  attachments: [],
  inference: null,
  ...more,
});

export const assistant = (text: string, more: Partial<Of<'assistant_message'>> = {}): ThreadItem => ({
  ...base,
  kind: 'assistant_message',
  parts: [{ text, annotations: [] }],
  ...more,
});

export const widget = (json: string): ThreadItem => ({
  ...base,
  kind: 'widget',
  widget: parseJsonText(json),
  copyText: null,
});

export const toolCall = (more: Partial<Of<'client_tool_call'>> = {}): ThreadItem => ({
  ...base,
  kind: 'client_tool_call',
  status: 'completed',
  wireStatus: 'completed',
  callId: 'call_1',
  name: 'get_location',
  arguments: parseJsonText('{"precision":"city","a":1}'),
  output: parseJsonText('{"city":"Oslo"}'),
  ...more,
});

export const task = (more: Partial<Task> = {}): Task => ({
  type: 'custom',
  wireType: 'custom',
  title: null,
  content: null,
  icon: null,
  queries: [],
  sources: [],
  progress: null,
  ...more,
});

export const taskItem = (more: Partial<Task>): ThreadItem => ({ ...base, kind: 'task', task: task(more) });
export const taskGroup = (...tasks: Task[]): ThreadItem => ({ ...base, kind: 'task_group', tasks });

export const workflow = (summary: Of<'workflow'>['summary'], ...tasks: Task[]): ThreadItem => ({
  ...base,
  kind: 'workflow',
  workflowType: 'reasoning',
  tasks,
  expanded: false,
  summary,
});

export const image = (more: Partial<Of<'generated_image'>>): ThreadItem => ({
  ...base,
  kind: 'generated_image',
  image: null,
  progress: null,
  ...more,
});

export const input = (status: Of<'structured_input'>['status'], values: string[] | null): ThreadItem => ({
  ...base,
  kind: 'structured_input',
  status,
  inputs: [
    {
      id: 'p',
      question: 'How urgent?',
      type: 'multiple_choice',
      description: null,
      options: ['Low', 'High'],
      multiple: false,
      answer: values === null ? null : { values, skipped: false },
    },
  ],
});

export const unknown = (wireType: string | null, problem: string | null): ThreadItem => ({
  ...base,
  kind: 'unknown',
  wireType,
  problem,
  raw: { id: 'i1', type: wireType, more: [1, 2] },
});

import type { Json } from '../../../src/base/common/json.ts';
import { parseJsonText } from '../../../src/base/common/parseJson.ts';
import type { Task, ThreadItem } from '../../../src/chatkit/common/model/item.ts';

/** 6 November 2026, 14:03:10 UTC. */
export const start = Date.UTC(2026, 10, 6, 14, 3, 10);

type Body = ThreadItem extends infer Item
  ? Item extends ThreadItem
    ? Omit<Item, 'id' | 'threadId' | 'createdAt' | 'raw'>
    : never
  : never;

export const task = (part: Partial<Task>): Task => ({
  type: 'custom',
  wireType: part.type ?? 'custom',
  title: null,
  content: null,
  icon: null,
  queries: [],
  sources: [],
  progress: null,
  ...part,
});

export const user = (text: string): Body => ({
  kind: 'user_message',
  content: [{ type: 'text', text }],
  attachments: [],
  inference: null,
});

export const assistant = (text: string): Body => ({ kind: 'assistant_message', parts: [{ text, annotations: [] }] });

export const tool = (name: string, args: Json, output: Json | undefined): Body => ({
  kind: 'client_tool_call',
  status: output === undefined ? 'open' : 'completed',
  wireStatus: output === undefined ? 'in_progress' : 'completed',
  callId: 'call_1',
  name,
  arguments: parseJsonText(JSON.stringify(args)),
  output: output === undefined ? { form: 'absent' } : parseJsonText(JSON.stringify(output)),
});

const common = { title: null, description: null, timestamp: null, group: null };

/** Items of a thread, a second apart. */
export function thread(bodies: readonly Body[], threadId = 'cthr_abc123', stepMs = 1000): ThreadItem[] {
  return bodies.map((body, index) => {
    const id = `cti_${String(index + 1).padStart(4, '0')}`;
    const item = { ...body, id, threadId, createdAt: start + index * stepMs };
    const raw = { id, object: 'chatkit.thread_item', type: `chatkit.${body.kind}`, thread_id: threadId };
    return { ...item, raw } as ThreadItem;
  });
}

/** One of every kind, in the order of the drawing. */
export const everyKind: readonly Body[] = [
  {
    kind: 'user_message',
    content: [
      { type: 'quote', text: 'shipped on Monday' },
      { type: 'text', text: 'Where is it now?' },
      { type: 'tag', id: 'order_18', text: 'Order 18', group: 'Orders', data: {} },
    ],
    attachments: [
      {
        id: 'cfile_1',
        type: 'image',
        name: 'label.png',
        mimeType: 'image/png',
        previewUrl: 'https://files.example/label.png',
      },
      { id: 'cfile_2', type: 'file', name: 'invoice.pdf', mimeType: 'application/pdf', previewUrl: null },
    ],
    inference: { model: 'gpt-5', toolChoice: 'order_lookup' },
  },
  { kind: 'task', task: task({ type: 'thought', title: 'Checking the carrier' }) },
  {
    kind: 'task_group',
    tasks: [
      task({ title: 'Searched orders', content: '1 match' }),
      task({ type: 'thought', content: 'Compare the **dates** of both orders' }),
    ],
  },
  tool('get_location', { precision: 'city', ids: [1, 2, 3], deep: { a: null, b: true } }, { city: 'Oslo' }),
  {
    kind: 'widget',
    widget: parseJsonText(
      JSON.stringify({
        type: 'Card',
        size: 'sm',
        children: [
          { type: 'Title', value: 'In transit', size: 'sm' },
          { type: 'Text', value: 'Two parcels, arriving today', color: 'secondary' },
        ],
      }),
    ),
    copyText: null,
  },
  {
    kind: 'assistant_message',
    parts: [
      {
        text: 'It reached **Oslo** today.\n\n| stop | time |\n| :--- | ---: |\n| Hamburg | 08:10 |\n| Oslo | 13:58 |\n\n```ts\nconst parcels = await orders.find({ id: 18 });\n```\n\nEnergy is $$E = mc^2$$.',
        annotations: [
          {
            source: { ...common, type: 'url', url: 'https://carrier.example/track/1', attribution: null },
            index: null,
          },
          { source: { ...common, type: 'file', filename: 'invoice.pdf' }, index: null },
        ],
      },
    ],
  },
  user('Thanks! And can you draw the route?'),
  {
    kind: 'workflow',
    workflowType: 'reasoning',
    expanded: true,
    summary: { durationMs: 9000 },
    tasks: [
      task({
        type: 'thought',
        wireType: 'thought',
        title: 'Planning',
        content: 'The route has two stops.',
        progress: 'complete',
      }),
      task({
        type: 'web_search',
        wireType: 'web_search',
        title: 'Carrier network',
        queries: ['hamburg oslo ferry'],
        progress: 'loading',
      }),
    ],
  },
  { kind: 'generated_image', image: { id: 'img_1', url: 'https://images.example/route.png' }, progress: null },
  {
    kind: 'structured_input',
    status: 'pending',
    inputs: [
      {
        id: 'p',
        question: 'How urgent is it?',
        type: 'multiple_choice',
        description: null,
        options: ['Low', 'High'],
        multiple: false,
        answer: null,
      },
      {
        id: 'n',
        question: 'Who receives it?',
        type: 'freeform',
        description: 'First and last name',
        options: [],
        multiple: false,
        answer: { values: ['Ada Lovelace'], skipped: false },
      },
    ],
  },
  { kind: 'unknown', wireType: 'chatkit.hologram', problem: null },
  tool('open_door', { door: 'north' }, undefined),
];

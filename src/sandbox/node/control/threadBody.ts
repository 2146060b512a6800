import * as z from 'zod';
import type { RestBody, RestThreadStatus } from '../model/restTypes.ts';

const tasks = ['custom', 'thought'] as const;
const line = z.string().nullable();

/** The six item types, as strict as the schema of the hosted API (chatkit-api 4). */
const body: z.ZodType<RestBody> = z.discriminatedUnion('type', [
  z.strictObject({
    type: z.literal('chatkit.user_message'),
    content: z.array(z.strictObject({ type: z.enum(['input_text', 'quoted_text']), text: z.string() })),
    attachments: z.array(
      z.strictObject({
        type: z.enum(['image', 'file']),
        id: z.string(),
        name: z.string(),
        mime_type: z.string(),
        preview_url: z.string().nullable(),
      }),
    ),
    inference_options: z
      .strictObject({ model: z.string().nullable(), tool_choice: z.strictObject({ id: z.string() }).nullable() })
      .nullable(),
  }),
  z.strictObject({
    type: z.literal('chatkit.assistant_message'),
    content: z.array(
      z.strictObject({
        type: z.literal('output_text'),
        text: z.string(),
        annotations: z.array(
          z.discriminatedUnion('type', [
            z.strictObject({
              type: z.literal('file'),
              source: z.strictObject({ type: z.literal('file'), filename: z.string() }),
            }),
            z.strictObject({
              type: z.literal('url'),
              source: z.strictObject({ type: z.literal('url'), url: z.string() }),
            }),
          ]),
        ),
      }),
    ),
  }),
  z.strictObject({ type: z.literal('chatkit.widget'), widget: z.string() }),
  z.strictObject({
    type: z.literal('chatkit.client_tool_call'),
    status: z.enum(['in_progress', 'completed']),
    call_id: z.string(),
    name: z.string(),
    arguments: z.string(),
    output: z.string().nullable(),
  }),
  z.strictObject({ type: z.literal('chatkit.task'), task_type: z.enum(tasks), heading: line, summary: line }),
  z.strictObject({
    type: z.literal('chatkit.task_group'),
    tasks: z.array(z.strictObject({ type: z.enum(tasks), heading: line, summary: line })),
  }),
]);

const status: z.ZodType<RestThreadStatus> = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('active') }),
  z.strictObject({ type: z.literal('locked'), reason: line }),
  z.strictObject({ type: z.literal('closed'), reason: line }),
]);

/** Times are in unix seconds, as in the hosted API; the default is now. */
const items = z.array(z.strictObject({ created_at: z.int().optional(), body }));

/** Body of `POST /sandbox/threads`. */
export const newThread = z.strictObject({
  user: z.string().min(1),
  title: line.default(null),
  status: status.default({ type: 'active' }),
  created_at: z.int().optional(),
  items: items.default([]),
});

/** Body of `POST /sandbox/threads/:id`: appends the items and changes the given properties. */
export const threadChange = z.strictObject({
  title: line.optional(),
  status: status.optional(),
  items: items.default([]),
});

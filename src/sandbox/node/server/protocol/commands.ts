import * as z from 'zod';
import type { Json } from '../../model/serverTypes.ts';

const json = z.json() as z.ZodType<Json>;
const page = {
  limit: z.int().nullish(),
  order: z.enum(['asc', 'desc']).default('desc'),
  after: z.string().nullish(),
};
const thread = { thread_id: z.string() };

const userInput = z.object({
  content: z.array(
    z.discriminatedUnion('type', [
      z.object({ type: z.literal('input_text'), text: z.string() }),
      z.object({
        type: z.literal('input_tag'),
        id: z.string(),
        text: z.string(),
        data: z.record(z.string(), json),
        group: z.string().exactOptional(),
        interactive: z.boolean().exactOptional(),
      }),
    ]),
  ),
  attachments: z.array(z.string()),
  quoted_text: z.string().nullish(),
  inference_options: z.object({ tool_choice: z.object({ id: z.string() }).nullish(), model: z.string().nullish() }),
});

const action = {
  ...thread,
  item_id: z.string().nullish(),
  action: z.object({ type: z.string(), payload: json.optional() }),
};

const command = <Type extends string, Shape extends z.core.$ZodShape>(type: Type, params: Shape) =>
  z.object({ type: z.literal(type), params: z.object(params), metadata: z.record(z.string(), json).default({}) });

/** Commands whose response is JSON (chatkit-api 5.3). */
const jsonCommands = [
  command('threads.get_by_id', thread),
  command('threads.list', page),
  command('threads.update', { ...thread, title: z.string() }),
  command('threads.delete', thread),
  command('threads.sync_custom_action', action),
  command('items.list', { ...thread, ...page }),
  command('items.feedback', { ...thread, item_ids: z.array(z.string()), kind: z.enum(['positive', 'negative']) }),
  command('attachments.create', { name: z.string(), size: z.int().min(0), mime_type: z.string() }),
  command('attachments.delete', { attachment_id: z.string() }),
  command('input.transcribe', { audio_base64: z.base64(), mime_type: z.string() }),
] as const;

/** Commands whose response is a stream of events. */
const streamCommands = [
  command('threads.create', { input: userInput }),
  command('threads.add_user_message', { ...thread, input: userInput }),
  command('threads.add_client_tool_output', { ...thread, result: json }),
  command('threads.add_structured_input', {
    ...thread,
    item_id: z.string(),
    input: z.object({
      status: z.enum(['answered', 'skipped']).default('answered'),
      answers: z
        .record(z.string(), z.object({ values: z.array(z.string()).default([]), skipped: z.boolean().default(false) }))
        .default({}),
    }),
  }),
  command('threads.retry_after_item', { ...thread, item_id: z.string() }),
  command('threads.custom_action', action),
] as const;

const jsonCommand = z.discriminatedUnion('type', jsonCommands);
const streamCommand = z.discriminatedUnion('type', streamCommands);
export const anyCommand = z.discriminatedUnion('type', [...jsonCommands, ...streamCommands]);

export type JsonCommand = z.infer<typeof jsonCommand>;
export type StreamCommand = z.infer<typeof streamCommand>;
export type UserInput = z.infer<typeof userInput>;
export type Action = Extract<StreamCommand, { type: 'threads.custom_action' }>['params']['action'];
export type StructuredSubmission = Extract<StreamCommand, { type: 'threads.add_structured_input' }>['params']['input'];

const streamTypes: ReadonlySet<string> = new Set(streamCommands.map((schema) => schema.shape.type.value));

export function isStreaming(command: JsonCommand | StreamCommand): command is StreamCommand {
  return streamTypes.has(command.type);
}

/** A request that cannot be answered. The protocol has no error envelope, so it becomes a plain 500 (chatkit-api 5.1). */
export class ServerFailure extends Error {}

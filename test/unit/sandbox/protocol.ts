import * as z from 'zod';

// The self-hosted protocol as chatkit-api 5.4–5.7 states it, strictly: a key too many, a null, or a zoned time is a mistake.

const json = z.json();
const jsonObject = z.record(z.string(), json);
const text = z.string();
const optional = text.exactOptional();
const time = z.string().regex(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}$/);

const common = { title: text, description: optional, timestamp: optional, group: optional };
const urlSource = z.strictObject({ type: z.literal('url'), url: text, attribution: optional, ...common });
const fileSource = z.strictObject({ type: z.literal('file'), filename: text, ...common });
const entitySource = z.strictObject({
  type: z.literal('entity'),
  id: text,
  icon: optional,
  label: optional,
  inline_label: optional,
  interactive: z.boolean(),
  data: jsonObject,
  ...common,
});
const annotation = z.strictObject({
  type: z.literal('annotation'),
  source: z.discriminatedUnion('type', [urlSource, fileSource, entitySource]),
  index: z.int().min(0).exactOptional(),
});
const outputText = z.strictObject({ type: z.literal('output_text'), text, annotations: z.array(annotation) });

const status_indicator = z.enum(['none', 'loading', 'complete']);
const task = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('custom'), status_indicator, title: optional, icon: optional, content: optional }),
  z.strictObject({
    type: z.literal('web_search'),
    status_indicator,
    title: optional,
    title_query: optional,
    queries: z.array(text),
    sources: z.array(urlSource),
  }),
  z.strictObject({ type: z.literal('thought'), status_indicator, title: optional, content: text }),
  z.strictObject({ type: z.literal('file'), status_indicator, title: optional, sources: z.array(fileSource) }),
  z.strictObject({ type: z.literal('image'), status_indicator, title: optional }),
]);

const upload = {
  upload_descriptor: z
    .strictObject({ url: z.url(), method: z.enum(['POST', 'PUT']), headers: z.record(text, text) })
    .exactOptional(),
};
const named = { id: text, name: text, mime_type: text };
export const attachment = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('file'), ...named, ...upload }),
  z.strictObject({ type: z.literal('image'), ...named, preview_url: text, ...upload }),
]);

const answer = z.strictObject({ values: z.array(text), skipped: z.boolean() }).exactOptional();
const structuredInput = z.discriminatedUnion('type', [
  z.strictObject({
    type: z.literal('multiple_choice'),
    id: text,
    question: text,
    answer,
    options: z.array(z.strictObject({ value: text })),
    multiple: z.boolean(),
  }),
  z.strictObject({ type: z.literal('freeform'), id: text, question: text, answer, description: optional }),
]);

const base = { id: text, thread_id: text, created_at: time };
const userContent = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('input_text'), text }),
  z.strictObject({
    type: z.literal('input_tag'),
    id: text,
    text,
    data: jsonObject,
    group: optional,
    interactive: z.boolean().exactOptional(),
  }),
]);
/** Nulls have no place in a widget, but as `children`. */
const widget = jsonObject.refine((root) => !hasNull(root), 'a null in a widget');

export const item = z.discriminatedUnion('type', [
  z.strictObject({
    ...base,
    type: z.literal('user_message'),
    content: z.array(userContent),
    attachments: z.array(attachment),
    quoted_text: optional,
    inference_options: z.strictObject({ model: optional, tool_choice: z.strictObject({ id: text }).exactOptional() }),
  }),
  z.strictObject({ ...base, type: z.literal('assistant_message'), content: z.array(outputText) }),
  z.strictObject({
    ...base,
    type: z.literal('client_tool_call'),
    status: z.enum(['pending', 'completed']),
    call_id: text.min(1),
    name: text,
    arguments: jsonObject,
    output: json.optional(),
  }),
  z.strictObject({ ...base, type: z.literal('widget'), widget, copy_text: optional }),
  z.strictObject({
    ...base,
    type: z.literal('generated_image'),
    image: z.strictObject({ id: text, url: text }).exactOptional(),
  }),
  z.strictObject({
    ...base,
    type: z.literal('structured_input'),
    status: z.enum(['pending', 'answered', 'skipped']),
    inputs: z.array(structuredInput),
  }),
  z.strictObject({
    ...base,
    type: z.literal('workflow'),
    workflow: z.strictObject({
      type: z.enum(['custom', 'reasoning']),
      tasks: z.array(task),
      expanded: z.boolean(),
      summary: z
        .union([z.strictObject({ title: text, icon: optional }), z.strictObject({ duration: z.int() })])
        .exactOptional(),
    }),
  }),
  z.strictObject({ ...base, type: z.literal('task'), task }),
  z.strictObject({ ...base, type: z.literal('end_of_turn') }),
]);

const page = <T extends z.ZodType>(element: T) =>
  z.strictObject({ data: z.array(element), has_more: z.boolean(), after: optional });
export const itemPage = page(item);

const reason = { reason: optional };
export const thread = z.strictObject({
  id: text,
  title: optional,
  created_at: time,
  status: z.discriminatedUnion('type', [
    z.strictObject({ type: z.literal('active') }),
    z.strictObject({ type: z.literal('locked'), ...reason }),
    z.strictObject({ type: z.literal('closed'), ...reason }),
  ]),
  allowed_image_domains: z.array(text).exactOptional(),
  metadata: z.strictObject({}),
  items: itemPage,
});
export const threadPage = page(thread);

const content_index = z.int().min(0);
const task_index = z.int().min(0);
const update = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('assistant_message.content_part.added'), content_index, content: outputText }),
  z.strictObject({ type: z.literal('assistant_message.content_part.text_delta'), content_index, delta: text }),
  z.strictObject({
    type: z.literal('assistant_message.content_part.annotation_added'),
    content_index,
    annotation_index: z.int().min(0),
    annotation,
  }),
  z.strictObject({ type: z.literal('assistant_message.content_part.done'), content_index, content: outputText }),
  z.strictObject({
    type: z.literal('widget.streaming_text.value_delta'),
    component_id: text,
    delta: text,
    done: z.boolean(),
  }),
  z.strictObject({ type: z.literal('widget.component.updated'), component_id: text, component: widget }),
  z.strictObject({ type: z.literal('widget.root.updated'), widget }),
  z.strictObject({ type: z.literal('workflow.task.added'), task_index, task }),
  z.strictObject({ type: z.literal('workflow.task.updated'), task_index, task }),
  z.strictObject({
    type: z.literal('generated_image.updated'),
    image: z.strictObject({ id: text, url: text }),
    progress: z.number().min(0).max(1).exactOptional(),
  }),
]);

const allow_retry = z.boolean();
export const event = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('thread.created'), thread }),
  z.strictObject({ type: z.literal('thread.updated'), thread }),
  z.strictObject({ type: z.literal('thread.item.added'), item }),
  z.strictObject({ type: z.literal('thread.item.updated'), item_id: text, update }),
  z.strictObject({ type: z.literal('thread.item.done'), item }),
  z.strictObject({ type: z.literal('thread.item.removed'), item_id: text }),
  z.strictObject({ type: z.literal('thread.item.replaced'), item }),
  z.strictObject({ type: z.literal('stream_options'), stream_options: z.strictObject({ allow_cancel: z.boolean() }) }),
  z.strictObject({ type: z.literal('progress_update'), text, icon: optional }),
  z.strictObject({ type: z.literal('client_effect'), name: text, data: json }),
  z.strictObject({
    type: z.literal('notice'),
    level: z.enum(['info', 'warning', 'danger']),
    message: text,
    title: optional,
  }),
  z.strictObject({ type: z.literal('error'), code: text, message: optional, allow_retry }),
]);

export type Event = z.infer<typeof event>;
export type Item = z.infer<typeof item>;

/** Every word of a discriminator, so that a test can ask whether all of them have been seen. */
export const names = {
  events: event.options.map(({ shape }) => shape.type.value),
  updates: update.options.map(({ shape }) => shape.type.value),
  items: item.options.map(({ shape }) => shape.type.value),
  tasks: task.options.map(({ shape }) => shape.type.value),
};

function hasNull(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return false;
  if (Array.isArray(value)) return value.some(hasNull);
  return Object.entries(value).some(([key, inner]) => (inner === null ? key !== 'children' : hasNull(inner)));
}

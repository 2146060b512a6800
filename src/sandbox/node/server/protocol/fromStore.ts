import type { RestAnnotation, RestBody, RestBodyOf } from '../../model/restTypes.ts';
import type {
  Json,
  JsonObject,
  ServerAnnotation,
  ServerAttachment,
  ServerBody,
  ServerBodyOf,
  ServerItem,
  ServerPage,
  ServerTask,
  ServerThread,
} from '../../model/serverTypes.ts';
import type { StoredItem, StoredThread } from '../../model/store.ts';

/** Returns an item in the format of the self-hosted protocol (chatkit-api 5.5), without null values. */
export function serverItem(threadId: string, item: StoredItem): ServerItem {
  const body = serverBody(item);
  return { id: item.id, thread_id: threadId, created_at: naiveTime(item.createdAt), ...body };
}

export function serverBody(item: StoredItem): ServerBody {
  const body = item.format === 'server' ? item.body : toServerBody(item.body);
  return body.type === 'widget' ? { ...body, widget: withoutNulls(body.widget) } : body;
}

/** Returns a thread with a page of its items, which is empty except in `threads.get_by_id` (chatkit-api 5.3). */
export function serverThread(
  thread: StoredThread,
  items: ServerPage<ServerItem> = { data: [], has_more: false },
): ServerThread {
  const { status } = thread;
  return {
    id: thread.id,
    ...(thread.title !== null && { title: thread.title }),
    created_at: naiveTime(thread.createdAt),
    status:
      status.type === 'active' || status.reason === null
        ? { type: status.type }
        : { type: status.type, reason: status.reason },
    ...(thread.imageDomains && { allowed_image_domains: [...thread.imageDomains] }),
    metadata: {},
    items,
  };
}

/** Returns whether an item is never sent to clients (chatkit-api 5.5). */
export function isHidden(item: StoredItem): boolean {
  return (
    item.format === 'server' && (item.body.type === 'hidden_context_item' || item.body.type === 'sdk_hidden_context')
  );
}

/**
 * Returns an ISO 8601 time with microseconds and without a zone, in the zone of this machine, as Python's `datetime.now()`
 * writes it (chatkit-api 5.2).
 */
function naiveTime(ms: number): string {
  const offsetMs = new Date(ms).getTimezoneOffset() * 60_000;
  return new Date(ms - offsetMs).toISOString().replace('Z', '000');
}

/** Removes all null values from a widget, including action payloads, except from `children`. */
function withoutNulls(value: JsonObject): JsonObject {
  return Object.fromEntries(
    Object.entries(value)
      .filter(([key, inner]) => inner !== null || key === 'children')
      .map(([key, inner]) => [key, inner === undefined ? undefined : clean(inner)]),
  );
}

function clean(value: Json): Json {
  if (Array.isArray(value)) return value.map(clean);
  return typeof value === 'object' && value !== null ? withoutNulls(value as JsonObject) : value;
}

/** Converts an item of the hosted API for the self-hosted protocol (chatkit-api 5.11). */
function toServerBody(body: RestBody): ServerBody {
  switch (body.type) {
    case 'chatkit.user_message':
      return userMessage(body);
    case 'chatkit.assistant_message':
      return {
        type: 'assistant_message',
        content: body.content.map(({ text, annotations }) => ({
          type: 'output_text',
          text,
          annotations: annotations.map(annotation),
        })),
      };
    case 'chatkit.widget':
      return { type: 'widget', widget: widgetObject(body.widget) };
    case 'chatkit.client_tool_call': {
      const { status, call_id, name, output } = body;
      return {
        type: 'client_tool_call',
        status: status === 'completed' ? 'completed' : 'pending',
        call_id,
        name,
        arguments: asObject(parse(body.arguments)) ?? { text: body.arguments },
        ...(output !== null && { output: parse(output) ?? output }),
      };
    }
    case 'chatkit.task':
      return { type: 'task', task: task({ ...body, type: body.task_type }) };
    case 'chatkit.task_group':
      return {
        type: 'workflow',
        workflow: {
          type: 'custom',
          tasks: body.tasks.map(task),
          expanded: false,
          summary: { title: `${body.tasks.length} steps` },
        },
      };
  }
}

function userMessage(body: RestBodyOf<'chatkit.user_message'>): ServerBodyOf<'user_message'> {
  const textOf = (type: 'input_text' | 'quoted_text') => body.content.filter((part) => part.type === type);
  const quote = textOf('quoted_text')
    .map(({ text }) => text)
    .join('\n');
  const { model, tool_choice } = body.inference_options ?? { model: null, tool_choice: null };
  return {
    type: 'user_message',
    content: textOf('input_text').map(({ text }) => ({ type: 'input_text', text })),
    attachments: body.attachments.map(attachment),
    inference_options: { ...(model !== null && { model }), ...(tool_choice !== null && { tool_choice }) },
    ...(quote !== '' && { quoted_text: quote }),
  };
}

/** An image without a preview becomes a file, because this protocol requires a preview for images. */
function attachment(from: RestBodyOf<'chatkit.user_message'>['attachments'][number]): ServerAttachment {
  const { id, name, mime_type, preview_url } = from;
  return from.type === 'image' && preview_url !== null
    ? { type: 'image', id, name, mime_type, preview_url }
    : { type: 'file', id, name, mime_type };
}

function annotation({ source }: RestAnnotation): ServerAnnotation {
  return source.type === 'url'
    ? { type: 'annotation', source: { type: 'url', title: source.url, url: source.url } }
    : { type: 'annotation', source: { type: 'file', title: source.filename, filename: source.filename } };
}

function task({
  type,
  heading,
  summary,
}: {
  type: 'custom' | 'thought';
  heading: string | null;
  summary: string | null;
}): ServerTask {
  const title = heading === null ? {} : { title: heading };
  return type === 'thought'
    ? { type, status_indicator: 'none', ...title, content: summary ?? '' }
    : { type, status_indicator: 'none', ...title, ...(summary !== null && { content: summary }) };
}

/** A text that is not a valid widget is shown as text. */
function widgetObject(text: string): JsonObject {
  return asObject(parse(text)) ?? { type: 'Card', children: [{ type: 'Text', value: text }] };
}

function asObject(value: Json | undefined): JsonObject | null {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as JsonObject) : null;
}

/** Parses JSON, including JSON that is encoded twice. Returns undefined if it is invalid. */
function parse(text: string): Json | undefined {
  try {
    const value = JSON.parse(text) as Json;
    return typeof value === 'string' ? (JSON.parse(value) as Json) : value;
  } catch {
    return undefined;
  }
}

import type { StoredItem, StoredThread } from '../model/store.ts';
import type { RestAnnotation, RestBody, RestBodyOf, RestItem, RestThread } from '../model/restTypes.ts';
import type { ServerAnnotation, ServerAttachment, ServerBody, ServerBodyOf, ServerTask } from '../model/serverTypes.ts';

/** Returns a thread in the format of the hosted API (chatkit-api 3.1). */
export function restThread(thread: StoredThread): RestThread {
  return {
    id: thread.id,
    object: 'chatkit.thread',
    created_at: seconds(thread.createdAt),
    status: thread.status,
    title: thread.title,
    user: thread.user,
  };
}

/** Returns whether the hosted API has a type for the item. */
export function isOnRest(item: StoredItem): boolean {
  return item.format === 'rest' || toRestBody(item.body) !== null;
}

/** Returns items in the format of the hosted API (chatkit-api 4), without those it has no type for. */
export function restItems(threadId: string, items: readonly StoredItem[]): RestItem[] {
  return items.flatMap(({ id, createdAt, ...item }): RestItem[] => {
    const body = item.format === 'rest' ? item.body : toRestBody(item.body);
    if (body === null) return [];
    return [{ id, object: 'chatkit.thread_item', created_at: seconds(createdAt), thread_id: threadId, ...body }];
  });
}

function seconds(ms: number): number {
  return Math.floor(ms / 1000);
}

/**
 * Converts an item of a self-hosted server for the hosted API (chatkit-api 5.11), which has fewer types: tasks become one
 * of its two task types; images, forms and markers have no counterpart (null).
 */
function toRestBody(body: ServerBody): RestBody | null {
  switch (body.type) {
    case 'user_message':
      return userMessage(body);
    case 'assistant_message':
      return {
        type: 'chatkit.assistant_message',
        content: body.content.map(({ text, annotations }) => ({
          type: 'output_text',
          text,
          annotations: annotations.flatMap(annotation),
        })),
      };
    case 'widget':
      return { type: 'chatkit.widget', widget: JSON.stringify(body.widget) };
    case 'client_tool_call':
      return {
        type: 'chatkit.client_tool_call',
        status: body.status === 'pending' ? 'in_progress' : 'completed',
        call_id: body.call_id,
        name: body.name,
        arguments: JSON.stringify(body.arguments),
        output: body.output === undefined ? null : JSON.stringify(body.output),
      };
    case 'task': {
      const { type: task_type, ...rest } = task(body.task);
      return { type: 'chatkit.task', task_type, ...rest };
    }
    case 'workflow':
      return { type: 'chatkit.task_group', tasks: body.workflow.tasks.map(task) };
    default:
      return null;
  }
}

function userMessage(body: ServerBodyOf<'user_message'>): RestBodyOf<'chatkit.user_message'> {
  const { model, tool_choice } = body.inference_options;
  const quote = body.quoted_text ? [{ type: 'quoted_text' as const, text: body.quoted_text }] : [];
  return {
    type: 'chatkit.user_message',
    content: [...quote, ...body.content.map(({ text }) => ({ type: 'input_text' as const, text }))],
    attachments: body.attachments.map(attachment),
    inference_options: model || tool_choice ? { model: model ?? null, tool_choice: tool_choice ?? null } : null,
  };
}

function attachment(from: ServerAttachment): RestBodyOf<'chatkit.user_message'>['attachments'][number] {
  const { id, name, mime_type, type } = from;
  return { type, id, name, mime_type, preview_url: from.type === 'image' ? from.preview_url : null };
}

/** Entity sources have no counterpart. */
function annotation({ source }: ServerAnnotation): RestAnnotation[] {
  if (source.type === 'url') return [{ type: 'url', source: { type: 'url', url: source.url } }];
  if (source.type === 'file') return [{ type: 'file', source: { type: 'file', filename: source.filename } }];
  return [];
}

function task(from: ServerTask): RestBodyOf<'chatkit.task_group'>['tasks'][number] {
  const heading = from.title ?? null;
  switch (from.type) {
    case 'thought':
      return { type: 'thought', heading, summary: from.content };
    case 'custom':
      return { type: 'custom', heading, summary: from.content ?? null };
    case 'web_search':
      return { type: 'custom', heading: heading ?? from.title_query ?? null, summary: from.queries.join(', ') || null };
    case 'file':
      return { type: 'custom', heading, summary: from.sources.map(({ filename }) => filename).join(', ') || null };
    case 'image':
      return { type: 'custom', heading, summary: null };
  }
}

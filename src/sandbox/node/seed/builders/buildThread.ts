import type { RestAnnotation, RestBody, RestBodyOf, RestThreadStatus } from '../../model/restTypes.ts';
import type { JsonObject, ServerBody } from '../../model/serverTypes.ts';
import { digest, makeId } from '../../model/ids.ts';
import { ItemLog, type StoredItem, type StoredThread, lazySequence } from '../../model/store.ts';

/** The source of a seeded conversation. `ago` is in seconds before the start of the sandbox. */
export interface SeedThread {
  /** Unique name within the seed; the IDs depend on it. */
  readonly key: string;
  readonly user: string;
  readonly title: string | null;
  readonly status?: RestThreadStatus;
  readonly imageDomains?: readonly string[];
  readonly ago: number;
  readonly lines: readonly SeedLine[];
}

/** The values that all seeded IDs and times depend on. `startedAt` is in ms since the epoch. */
export interface SeedContext {
  readonly seed: number;
  readonly startedAt: number;
  /** Origin of the sandbox, which completes URLs that start with a slash. */
  readonly origin: string;
}

export const threadId = ({ seed }: SeedContext, key: string, createdAt: number): string =>
  makeId('cthr', createdAt, seed, 'thread', key);

/** Creates a stored conversation from its source. The same context produces the same IDs and times. */
export function buildThread(thread: SeedThread, context: SeedContext): StoredThread {
  const createdAt = context.startedAt - thread.ago * 1000;
  return {
    id: threadId(context, thread.key, createdAt),
    createdAt,
    user: thread.user,
    title: thread.title,
    status: thread.status ?? { type: 'active' },
    items: new ItemLog(lazySequence(() => itemsOf(thread, context, createdAt))),
    ...(thread.imageDomains && { imageDomains: thread.imageDomains }),
  };
}

function itemsOf({ key, lines }: SeedThread, context: SeedContext, createdAt: number): StoredItem[] {
  let at = createdAt;
  return lines.map(({ gap, body }, index) => {
    at += gap * 1000;
    return toStoredItem(body, {
      id: makeId('cti', at, context.seed, key, index),
      createdAt: at,
      origin: context.origin,
    });
  });
}

interface ItemIdentity {
  readonly id: string;
  readonly createdAt: number;
  readonly origin: string;
}

/** Creates an item from a line: tool calls get a unique ID, image URLs point to this sandbox. */
export function toStoredItem(body: SeedLine['body'], { id, createdAt, origin }: ItemIdentity): StoredItem {
  if (!isRest(body)) return { id, createdAt, format: 'server', body };
  if (body.type === 'chatkit.client_tool_call') {
    return { id, createdAt, format: 'rest', body: { ...body, call_id: `call_${digest(id).slice(0, 24)}` } };
  }
  if (body.type === 'chatkit.user_message') {
    const attachments = body.attachments.map((attachment) => ({
      ...attachment,
      preview_url: attachment.preview_url?.startsWith('/') ? origin + attachment.preview_url : attachment.preview_url,
    }));
    return { id, createdAt, format: 'rest', body: { ...body, attachments } };
  }
  return { id, createdAt, format: 'rest', body };
}

function isRest(body: SeedLine['body']): body is RestBody {
  return body.type.startsWith('chatkit.');
}

/** One line of a seeded conversation, `gap` seconds after the previous line. */
export interface SeedLine {
  readonly gap: number;
  readonly body: RestBody | ServerBody;
}

type Attachment = RestBodyOf<'chatkit.user_message'>['attachments'][number];
type GroupTask = RestBodyOf<'chatkit.task_group'>['tasks'][number];

interface UserOptions {
  readonly quote?: string;
  readonly attachments?: Attachment[];
  readonly model?: string;
  readonly tool?: string;
}

export function user(gap: number, text: string, { quote, attachments, model, tool }: UserOptions = {}): SeedLine {
  return {
    gap,
    body: {
      type: 'chatkit.user_message',
      content: [
        ...(quote === undefined ? [] : [{ type: 'quoted_text' as const, text: quote }]),
        ...(text === '' ? [] : [{ type: 'input_text' as const, text }]),
      ],
      attachments: attachments ?? [],
      inference_options:
        model === undefined && tool === undefined
          ? null
          : { model: model ?? null, tool_choice: tool === undefined ? null : { id: tool } },
    },
  };
}

/** `sources` are URLs (with `://`) and file names. */
export function assistant(gap: number, text: string, sources: readonly string[] = []): SeedLine {
  const annotations = sources.map((source): RestAnnotation =>
    source.includes('://')
      ? { type: 'url', source: { type: 'url', url: source } }
      : { type: 'file', source: { type: 'file', filename: source } },
  );
  return { gap, body: { type: 'chatkit.assistant_message', content: [{ type: 'output_text', text, annotations }] } };
}

export function widget(gap: number, root: object): SeedLine {
  return widgetText(gap, JSON.stringify(root));
}

/** `text` is sent unchanged, valid or not. */
export function widgetText(gap: number, text: string): SeedLine {
  return { gap, body: { type: 'chatkit.widget', widget: text } };
}

/** A client tool call, open if it has no output. */
export function call(gap: number, name: string, args: JsonObject, output?: JsonObject): SeedLine {
  return {
    gap,
    body: {
      type: 'chatkit.client_tool_call',
      status: output === undefined ? 'in_progress' : 'completed',
      // Set when the thread is built.
      call_id: '',
      name,
      arguments: JSON.stringify(args),
      output: output === undefined ? null : JSON.stringify(output),
    },
  };
}

export function thought(gap: number, heading: string | null, summary: string | null = null): SeedLine {
  return { gap, body: { type: 'chatkit.task', task_type: 'thought', heading, summary } };
}

export function customTask(gap: number, heading: string | null, summary: string | null = null): SeedLine {
  return { gap, body: { type: 'chatkit.task', task_type: 'custom', heading, summary } };
}

/** Tasks as `[type, heading, summary]`. */
export function group(
  gap: number,
  ...tasks: readonly (readonly [GroupTask['type'], string | null, string | null])[]
): SeedLine {
  return {
    gap,
    body: {
      type: 'chatkit.task_group',
      tasks: tasks.map(([type, heading, summary]) => ({ type, heading, summary })),
    },
  };
}

export function image(id: string, name: string, previewUrl: string | null): Attachment {
  return { type: 'image', id, name, mime_type: 'image/png', preview_url: previewUrl };
}

export function file(id: string, name: string, mimeType: string, previewUrl: string | null = null): Attachment {
  return { type: 'file', id, name, mime_type: mimeType, preview_url: previewUrl };
}

/** An item in the format of the self-hosted protocol. */
export function native(gap: number, body: ServerBody): SeedLine {
  return { gap, body };
}

// Durations in seconds.

export const minutes = (count: number): number => count * 60;
export const hours = (count: number): number => count * 3600;
export const days = (count: number): number => count * 86_400;

/** End-user IDs as applications use them: email addresses, numbers, IDs of sign-in services, and one that needs encoding. */
export const users = {
  mara: 'mara.lind@example.com',
  kenji: 'kenji.watanabe@example.jp',
  layla: 'layla.haddad@example.com',
  arjun: 'arjun.mehta@example.in',
  sofia: 'auth0|6650c1f2a94b7e0012d3f7c8',
  visitor: 'user_48213',
  anonymous: 'anon-7f3a9c2e',
  operations: 'ops-oncall',
  finance: 'finance@bergencoffee.example',
  odd: "O'Brien & Sons / Ünïcode + 100%",
} as const;

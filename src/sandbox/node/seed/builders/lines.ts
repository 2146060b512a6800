import type { RestAnnotation, RestBody, RestBodyOf } from '../../model/restTypes.ts';
import type { JsonObject, ServerBody } from '../../model/serverTypes.ts';

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

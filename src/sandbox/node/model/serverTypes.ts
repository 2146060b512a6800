import type { Attachment, ToolChoice, UserMessageContent } from '@openai/chatkit';

// Types of the self-hosted protocol (chatkit-api 5.4 and 5.5), derived from the official package where it has types.

type Json = string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json | undefined };
export type JsonObject = { readonly [key: string]: Json | undefined };
export type { Json };

type ServerThreadStatus =
  { type: 'active' } | { type: 'locked'; reason?: string } | { type: 'closed'; reason?: string };

/** `after` is opaque: the next request sends it unchanged. */
export interface ServerPage<T> {
  data: T[];
  has_more: boolean;
  after?: string;
}

export interface ServerThread {
  id: string;
  title?: string;
  created_at: string;
  status: ServerThreadStatus;
  allowed_image_domains?: string[];
  metadata: JsonObject;
  items: ServerPage<ServerItem>;
}

interface UploadDescriptor {
  url: string;
  method: 'POST' | 'PUT';
  headers: Record<string, string>;
}

export type ServerAttachment = Attachment & { upload_descriptor?: UploadDescriptor };

interface SourceCommon {
  title: string;
  description?: string;
  timestamp?: string;
  group?: string;
}
type UrlSource = SourceCommon & { type: 'url'; url: string; attribution?: string };
type FileSource = SourceCommon & { type: 'file'; filename: string };
type EntitySource = SourceCommon & {
  type: 'entity';
  id: string;
  icon?: string;
  label?: string;
  inline_label?: string;
  interactive: boolean;
  data: JsonObject;
};

export interface ServerAnnotation {
  type: 'annotation';
  source: UrlSource | FileSource | EntitySource;
  /** Character position in the text. */
  index?: number;
}

export interface AssistantContent {
  type: 'output_text';
  text: string;
  annotations: ServerAnnotation[];
}

export interface InferenceOptions {
  tool_choice?: ToolChoice;
  model?: string;
}

/** `status_indicator` applies only within a workflow. */
export type ServerTask = { status_indicator: 'none' | 'loading' | 'complete' } & (
  | { type: 'custom'; title?: string; icon?: string; content?: string }
  | { type: 'web_search'; title?: string; title_query?: string; queries: string[]; sources: UrlSource[] }
  | { type: 'thought'; title?: string; content: string }
  | { type: 'file'; title?: string; sources: FileSource[] }
  | { type: 'image'; title?: string }
);

interface ServerWorkflow {
  type: 'custom' | 'reasoning';
  tasks: ServerTask[];
  expanded: boolean;
  /** Absent while the workflow is open; `duration` in whole seconds. */
  summary?: { title: string; icon?: string } | { duration: number };
}

export type StructuredInput = { id: string; question: string; answer?: { values: string[]; skipped: boolean } } & (
  | { type: 'multiple_choice'; options: { value: string }[]; multiple: boolean }
  | { type: 'freeform'; description?: string }
);

/** An item without ID, time and thread. */
export type ServerBody =
  | {
      type: 'user_message';
      content: UserMessageContent[];
      attachments: ServerAttachment[];
      quoted_text?: string;
      inference_options: InferenceOptions;
    }
  | { type: 'assistant_message'; content: AssistantContent[] }
  | {
      type: 'client_tool_call';
      status: 'pending' | 'completed';
      call_id: string;
      name: string;
      arguments: JsonObject;
      output?: Json;
    }
  | { type: 'widget'; widget: JsonObject; copy_text?: string }
  | { type: 'generated_image'; image?: { id: string; url: string } }
  | { type: 'structured_input'; status: 'pending' | 'answered' | 'skipped'; inputs: StructuredInput[] }
  | { type: 'workflow'; workflow: ServerWorkflow }
  | { type: 'task'; task: ServerTask }
  | { type: 'end_of_turn' }
  | { type: 'hidden_context_item'; content: Json }
  | { type: 'sdk_hidden_context'; content: string };

export type ServerBodyOf<Type extends ServerBody['type']> = Extract<ServerBody, { type: Type }>;
export type ServerItem = ServerBody & { id: string; thread_id: string; created_at: string };

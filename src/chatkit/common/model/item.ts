import * as l10n from '@vscode/l10n';
import type { Json, JsonValue } from '../../../base/common/json.ts';
import type { ThreadStatus } from './thread.ts';
import type { AssistantPart, Attachment, InferenceOptions, Source, UserContent } from './content.ts';

/**
 * The normalised kinds, in the order in which filters list them. These names are public: they are part of the page's
 * markup.
 */
export const itemKinds = [
  'user_message',
  'assistant_message',
  'widget',
  'client_tool_call',
  'task',
  'task_group',
  'workflow',
  'generated_image',
  'structured_input',
  'unknown',
] as const;
export type ItemKind = (typeof itemKinds)[number];

interface ItemBase {
  readonly id: string;
  readonly threadId: string;
  /** ms since the epoch; null if the server sent no valid time. */
  readonly createdAt: number | null;
  /** Set where the time has no zone and the zone of the server is not certain. */
  readonly timeSource?: 'inferred' | 'assumedUtc';
  /** The exact JSON that was received, unknown fields included. */
  readonly raw: Json;
}

export interface UserMessageItem extends ItemBase {
  readonly kind: 'user_message';
  readonly content: readonly UserContent[];
  readonly attachments: readonly Attachment[];
  readonly inference: InferenceOptions | null;
}

export interface AssistantMessageItem extends ItemBase {
  readonly kind: 'assistant_message';
  readonly parts: readonly AssistantPart[];
}

export interface WidgetItem extends ItemBase {
  readonly kind: 'widget';
  readonly widget: JsonValue;
  readonly copyText: string | null;
}

export interface ClientToolCallItem extends ItemBase {
  readonly kind: 'client_tool_call';
  /** `open` is REST's `in_progress` and the server protocol's `pending`. */
  readonly status: 'open' | 'completed' | 'unknown';
  /** The original status. */
  readonly wireStatus: string;
  readonly callId: string | null;
  readonly name: string;
  readonly arguments: JsonValue;
  readonly output: JsonValue;
}

/** One step of work. REST knows `custom` and `thought`; the server protocol all five. */
export interface Task {
  readonly type: 'custom' | 'thought' | 'web_search' | 'file' | 'image' | 'unknown';
  /** The original type. */
  readonly wireType: string;
  readonly title: string | null;
  /** Markdown. REST's `summary`, the server protocol's `content`. */
  readonly content: string | null;
  readonly icon: string | null;
  readonly queries: readonly string[];
  readonly sources: readonly Source[];
  /** The progress that the server reported; null if its protocol has no such field (REST). */
  readonly progress: 'none' | 'loading' | 'complete' | null;
}

export interface TaskItem extends ItemBase {
  readonly kind: 'task';
  readonly task: Task;
}

export interface TaskGroupItem extends ItemBase {
  readonly kind: 'task_group';
  readonly tasks: readonly Task[];
}

export interface WorkflowItem extends ItemBase {
  readonly kind: 'workflow';
  readonly workflowType: 'custom' | 'reasoning' | 'unknown';
  readonly tasks: readonly Task[];
  readonly expanded: boolean;
  /** Absent while the workflow is still open. */
  readonly summary: { readonly title: string; readonly icon: string | null } | { readonly durationMs: number } | null;
}

export interface GeneratedImageItem extends ItemBase {
  readonly kind: 'generated_image';
  /** Absent until produced. */
  readonly image: { readonly id: string; readonly url: string } | null;
  /** 0..1 while it is being produced; null if unknown. */
  readonly progress: number | null;
}

export interface StructuredInputField {
  readonly id: string;
  readonly question: string;
  readonly type: 'multiple_choice' | 'freeform' | 'unknown';
  readonly description: string | null;
  readonly options: readonly string[];
  readonly multiple: boolean;
  readonly answer: { readonly values: readonly string[]; readonly skipped: boolean } | null;
}

export interface StructuredInputItem extends ItemBase {
  readonly kind: 'structured_input';
  readonly status: 'pending' | 'answered' | 'skipped' | 'unknown';
  readonly inputs: readonly StructuredInputField[];
}

/** An item of an unknown type, or one that could not be read. `raw` contains all of its data. */
export interface UnknownItem extends ItemBase {
  readonly kind: 'unknown';
  readonly wireType: string | null;
  /** The reason why it could not be read, as one line; null if only its type is unknown. */
  readonly problem: string | null;
}

export type ThreadItem =
  | UserMessageItem
  | AssistantMessageItem
  | WidgetItem
  | ClientToolCallItem
  | TaskItem
  | TaskGroupItem
  | WorkflowItem
  | GeneratedImageItem
  | StructuredInputItem
  | UnknownItem;

/** An item without its `raw`, as it is posted to the webview. The webview requests the JSON when the user opens it. */
export type ItemView = ThreadItem extends infer Item ? (Item extends ThreadItem ? Omit<Item, 'raw'> : never) : never;

/** Returns the item without `raw`, as webviews and summaries use it. */
export function toItemView(item: ThreadItem): ItemView {
  const { raw: _raw, ...view } = item;
  return view;
}

/** What the user typed, without quotes and attachments; parts are joined by a space. Plain text. */
export function userText(item: Pick<UserMessageItem, 'content'>): string {
  return item.content
    .flatMap((part) => (part.type === 'text' || part.type === 'tag' ? [part.text] : []))
    .join(' ')
    .trim();
}

/** What the message quotes, one line for each quote; null for nothing. */
export function quotedText({ content }: Pick<UserMessageItem, 'content'>): string | null {
  const quotes = content.flatMap((part) => (part.type === 'quote' ? [part.text] : [])).join('\n');
  return quotes === '' ? null : quotes;
}

/** The text of an answer; its parts are paragraphs. Markdown. */
export function assistantText({ parts }: Pick<AssistantMessageItem, 'parts'>): string {
  return parts.map(({ text }) => text).join('\n\n');
}

/** Text of the first user message that has any; null when there is none. */
export function firstUserText(items: readonly ThreadItem[]): string | null {
  for (const item of items) {
    const text = item.kind === 'user_message' ? userText(item) : '';
    if (text !== '') return text;
  }
  return null;
}

const kinds: Readonly<Record<ItemKind, () => string>> = {
  user_message: () => l10n.t('User'),
  assistant_message: () => l10n.t('Assistant'),
  widget: () => l10n.t('Widget'),
  client_tool_call: () => l10n.t('Tool call'),
  task: () => l10n.t('Task'),
  task_group: () => l10n.t('Task group'),
  workflow: () => l10n.t('Workflow'),
  generated_image: () => l10n.t('Generated image'),
  structured_input: () => l10n.t('Structured input'),
  unknown: () => l10n.t('Unknown item'),
};

const taskTypes: Readonly<Record<Task['type'], () => string>> = {
  custom: () => l10n.t('Task'),
  thought: () => l10n.t('Thought'),
  web_search: () => l10n.t('Web search'),
  file: () => l10n.t('Files'),
  image: () => l10n.t('Image'),
  unknown: () => l10n.t('Task'),
};

const statuses: Readonly<Record<ThreadStatus['type'], () => string>> = {
  active: () => l10n.t('active'),
  locked: () => l10n.t('locked'),
  closed: () => l10n.t('closed'),
  unknown: () => l10n.t('unknown status'),
};

/** Returns the localized label of an item kind. */
export function kindLabel(kind: ItemKind): string {
  return kinds[kind]();
}

/** Returns the localized label of a task type. */
export function taskTypeLabel(type: Task['type']): string {
  return taskTypes[type]();
}

/** Returns the localized label of a thread status. */
export function statusLabel(status: ThreadStatus['type']): string {
  return statuses[status]();
}

/** A marker of the protocol that shows nothing. */
export const endOfTurnType = 'end_of_turn';
/** Types that are never sent to clients (chatkit-api 5.5). */
export const hiddenItemTypes: ReadonlySet<string> = new Set([
  'hidden_context_item',
  'sdk_hidden_context',
  'hidden_context',
]);

/** Whether an item is a marker or hidden context (chatkit-api 5.5), which a user does not see. */
export function isMarker(
  item:
    { readonly kind: 'unknown'; readonly wireType: string | null } | { readonly kind: Exclude<ItemKind, 'unknown'> },
): boolean {
  if (item.kind !== 'unknown' || item.wireType === null) return false;
  return item.wireType === endOfTurnType || hiddenItemTypes.has(item.wireType);
}

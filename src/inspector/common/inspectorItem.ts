import { exactJson, parseExact } from '../../base/common/parseJson.ts';
import type { Json, JsonText, JsonValue } from '../../base/common/json.ts';
import type { Attachment } from '../../chatkit/common/model/content.ts';
import { toItemView, type ItemView, type ThreadItem } from '../../chatkit/common/model/item.ts';

/**
 * A JSON value as sent to the webview, bounded in size. The webview parses it when it is shown: text takes a fraction
 * of the memory.
 */
export type JsonView =
  | { readonly form: 'absent' }
  | { readonly form: 'json'; readonly text: string; readonly doubleEncoded: boolean }
  | { readonly form: 'invalid'; readonly text: string; readonly error: string }
  /** Too large to send: the start of its text. */
  | { readonly form: 'clipped'; readonly text: string };

type View<K extends ItemView['kind']> = Extract<ItemView, { kind: K }>;
type WidgetView = Omit<View<'widget'>, 'widget'> & { readonly widget: JsonView };
type ToolCallView = Omit<View<'client_tool_call'>, 'arguments' | 'output'> & {
  readonly arguments: JsonView;
  readonly output: JsonView;
};

type ImageView = Omit<View<'generated_image'>, 'image'> & {
  /** `url` null: a `data:` URL that is too large to send; the webview requests it by the item's id. */
  readonly image: { readonly id: string; readonly url: string | null } | null;
};
type ReshapedKind = 'widget' | 'client_tool_call' | 'generated_image';

type ParsedView = Extract<JsonView, { form: 'json' }>;

/** Parsed values of views that are shown; a view that is not shown any more may be forgotten. */
const parsed = new WeakMap<ParsedView, Json>();

/** Returns the value of a view, the same object each time. */
export function valueOf(view: ParsedView): Json {
  const known = parsed.get(view);
  if (known !== undefined) return known;
  const value = parseExact(view.text);
  parsed.set(view, value);
  return value;
}

/** Returns the view of a changed value. */
export function viewOfValue(value: Json, doubleEncoded: boolean): ParsedView {
  const view: ParsedView = { form: 'json', text: exactJson(value), doubleEncoded };
  parsed.set(view, value);
  return view;
}

/** An item as sent to the webview: without `raw`, bounded in size. */
export type InspectorItem = (Exclude<ItemView, { kind: ReshapedKind }> | WidgetView | ToolCallView | ImageView) & {
  /** Content was truncated or omitted: the webview offers to open the whole item in an editor. */
  readonly clipped?: true;
};

/** Maximum length of an item's text in characters: about ten screens. */
export const maxItemText = 40_000;
/** Maximum length of the JSON of a widget, arguments or output that is sent as a value, in characters. */
export const maxJsonText = 200_000;
/** Maximum nesting of JSON that is sent as a value: posting it recurses. */
export const maxJsonDepth = 200;
/** Maximum length of an image URL that is sent, in characters; longer ones are `data:` URLs. */
const maxImageUrl = 8_000;
/** Maximum number of entries of one list (tasks, sources, attachments, …) that are sent. */
const maxListLength = 500;
/** Number of characters sent of a JSON text that is too large. */
const maxClippedJson = 4_000;

/** Converts an item for the webview. The size of the result is bounded for any item. */
export function toInspectorItem(item: ThreadItem): InspectorItem {
  const budget: Budget = { left: maxItemText, clipped: false };
  const view = clip(viewOf(item, budget), budget);
  return budget.clipped ? { ...view, clipped: true } : view;
}

interface Budget {
  left: number;
  clipped: boolean;
}

/** Values that are already bounded and must not be truncated again. */
const ready = new WeakSet<object>();

function viewOf(item: ThreadItem, budget: Budget): InspectorItem {
  const view = toItemView(item);
  switch (view.kind) {
    case 'widget':
      return { ...view, widget: jsonView(view.widget, budget) };
    case 'client_tool_call':
      return { ...view, arguments: jsonView(view.arguments, budget), output: jsonView(view.output, budget) };
    case 'generated_image':
      return { ...view, image: imageView(view.image) };
    case 'user_message':
      return { ...view, attachments: view.attachments.map((attachment) => withoutLargePreview(attachment, budget)) };
    default:
      return view;
  }
}

function imageView(image: View<'generated_image'>['image']): ImageView['image'] {
  if (image === null) return null;
  return { id: image.id, url: image.url.length > maxImageUrl ? null : image.url };
}

function withoutLargePreview(attachment: Attachment, budget: Budget): Attachment {
  if (attachment.previewUrl === null || attachment.previewUrl.length <= maxImageUrl) return attachment;
  budget.clipped = true;
  return { ...attachment, previewUrl: null };
}

function jsonView(json: JsonValue, budget: Budget): JsonView {
  const view = boundedJson(json);
  if (view.form === 'clipped') budget.clipped = true;
  ready.add(view);
  return view;
}

function boundedJson(json: JsonValue): JsonView {
  switch (json.form) {
    case 'absent':
      return { form: 'absent' };
    case 'invalid':
      if (json.text.length > maxJsonText) return clippedJson(json.text);
      return { form: 'invalid', text: json.text, error: json.error };
    case 'value': {
      if (isDeeperThan(json.value, maxJsonDepth)) return clippedJson('');
      const text = exactJson(json.value);
      return text.length > maxJsonText ? clippedJson(text) : { form: 'json', text, doubleEncoded: false };
    }
    case 'text':
    case 'doubleEncoded': {
      if (json.text.length > maxJsonText || isDeeperThan(json.value, maxJsonDepth)) return clippedJson(json.text);
      const doubleEncoded = json.form === 'doubleEncoded';
      return { form: 'json', text: doubleEncoded ? exactJson(json.value) : json.text, doubleEncoded };
    }
  }
}

function clippedJson(text: string): JsonView {
  return { form: 'clipped', text: cutAt(text, maxClippedJson) };
}

function isDeeperThan(value: Json, levels: number): boolean {
  if (typeof value !== 'object' || value === null) return false;
  return levels === 0 || Object.values(value).some((child) => isDeeperThan(child as Json, levels - 1));
}

/** Truncates long texts and lists. Copies only what changes, so that an ordinary item is not copied. */
function clip<T>(value: T, budget: Budget): T {
  if (typeof value === 'string') return clipText(value, budget) as T;
  if (typeof value !== 'object' || value === null || ready.has(value)) return value;
  if (Array.isArray(value)) return clipList(value as readonly unknown[], budget) as T;
  const changed: [string, unknown][] = [];
  for (const [key, field] of Object.entries(value)) {
    const clipped: unknown = clip(field, budget);
    if (clipped !== field) changed.push([key, clipped]);
  }
  return changed.length === 0 ? value : { ...value, ...(Object.fromEntries(changed) as Partial<T>) };
}

function clipText(text: string, budget: Budget): string {
  // Ids, names and kinds are short and must not be truncated when a text has used up the budget.
  if (text.length <= 200) return text;
  if (text.length <= budget.left) {
    budget.left -= text.length;
    return text;
  }
  budget.clipped = true;
  const head = cutAt(text, Math.max(budget.left, 200));
  budget.left = 0;
  return head;
}

/** Truncates a text without splitting a surrogate pair. */
function cutAt(text: string, length: number): string {
  if (text.length <= length) return text;
  const last = text.charCodeAt(length - 1);
  return text.slice(0, last >= 0xd800 && last <= 0xdbff ? length - 1 : length);
}

function clipList(list: readonly unknown[], budget: Budget): readonly unknown[] {
  const shortened = list.length > maxListLength ? list.slice(0, maxListLength) : list;
  if (shortened !== list) budget.clipped = true;
  const clipped = shortened.map((entry) => clip(entry, budget));
  return clipped.every((entry, index) => entry === list[index]) && shortened === list ? list : clipped;
}

/** Returns the exact JSON of an item or event, formatted. A JSON that is too large for a webview is cut off. */
export function jsonForWebview(raw: Json): JsonText {
  const text = exactJson(raw, 2);
  const clipped = text.length > maxJsonText;
  return { text: clipped ? text.slice(0, maxJsonText / 10) : text, clipped, length: text.length };
}

import type { Json, JsonValue } from '../../base/common/json.ts';
import type { Attachment } from '../../chatkit/common/model/content.ts';
import { toItemView, type ItemView, type ThreadItem } from '../../chatkit/common/model/item.ts';

/** A JSON value on its way to the page: once, not as text and value, and never larger than the page needs. */
export type JsonView =
  | { readonly form: 'absent' }
  | { readonly form: 'json'; readonly value: Json; readonly doubleEncoded: boolean }
  | { readonly form: 'invalid'; readonly text: string; readonly error: string }
  /** Too large to travel: the first part of its text. */
  | { readonly form: 'clipped'; readonly text: string };

type View<K extends ItemView['kind']> = Extract<ItemView, { kind: K }>;
type WidgetView = Omit<View<'widget'>, 'widget'> & { readonly widget: JsonView };
type ToolCallView = Omit<View<'client_tool_call'>, 'arguments' | 'output'> & {
  readonly arguments: JsonView;
  readonly output: JsonView;
};

type ImageView = Omit<View<'generated_image'>, 'image'> & {
  /** `url` null: a `data:` URL too large to travel along; the page asks for it by the item's id. */
  readonly image: { readonly id: string; readonly url: string | null } | null;
};
type ReshapedKind = 'widget' | 'client_tool_call' | 'generated_image';

/** An item as the page gets it: without `raw`, bounded in size. */
export type InspectorItem = (Exclude<ItemView, { kind: ReshapedKind }> | WidgetView | ToolCallView | ImageView) & {
  /** Parts were cut off or left out: the page offers the whole in an editor. */
  readonly clipped?: true;
};

/** Characters of text that one item may bring along: some ten screens of reading. */
export const maxItemText = 40_000;
/** Characters of JSON text up to which a widget, arguments or output travel as a value. */
export const maxJsonText = 200_000;
/** Levels of nesting up to which JSON travels as a value: posting it recurses. */
export const maxJsonDepth = 200;
/** Characters up to which an image's URL travels along; longer ones are `data:` URLs. */
const maxImageUrl = 8_000;
/** Entries of one list (tasks, sources, attachments, …) that travel. */
const maxListLength = 500;
/** Characters shown of what is too large. */
const clippedHead = 4_000;

/** Pure; the size of what it gives is bounded whatever the item holds. */
export function toInspectorItem(item: ThreadItem): InspectorItem {
  const budget: Budget = { left: maxItemText, clipped: false };
  const view = clip(viewOf(item, budget), budget);
  return budget.clipped ? { ...view, clipped: true } : view;
}

interface Budget {
  left: number;
  clipped: boolean;
}

/** Marks a value that was bounded already and is passed on as it is. */
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
      const text = JSON.stringify(json.value);
      return text.length > maxJsonText ? clippedJson(text) : asJson(json.value, false);
    }
    case 'text':
    case 'doubleEncoded':
      if (json.text.length > maxJsonText || isDeeperThan(json.value, maxJsonDepth)) return clippedJson(json.text);
      return asJson(json.value, json.form === 'doubleEncoded');
  }
}

function asJson(value: Json, doubleEncoded: boolean): JsonView {
  return { form: 'json', value, doubleEncoded };
}

function clippedJson(text: string): JsonView {
  return { form: 'clipped', text: cutAt(text, clippedHead) };
}

function isDeeperThan(value: Json, levels: number): boolean {
  if (typeof value !== 'object' || value === null) return false;
  return levels === 0 || Object.values(value).some((child) => isDeeperThan(child as Json, levels - 1));
}

/** Copies only what has to change, so that an ordinary item costs a walk and nothing more. */
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
  // Ids, names and kinds are always short; they must survive a text that used the budget up.
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

/** Never between the halves of a surrogate pair. */
function cutAt(text: string, length: number): string {
  if (text.length <= length) return text;
  const last = text.charCodeAt(length - 1);
  return text.slice(0, last >= 0xd800 && last <= 0xdbff ? length - 1 : length);
}

function clipList(list: readonly unknown[], budget: Budget): readonly unknown[] {
  const kept = list.length > maxListLength ? list.slice(0, maxListLength) : list;
  if (kept !== list) budget.clipped = true;
  const clipped = kept.map((entry) => clip(entry, budget));
  return clipped.every((entry, index) => entry === list[index]) && kept === list ? list : clipped;
}

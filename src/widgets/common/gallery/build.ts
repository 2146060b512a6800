import type { Json, JsonObject } from '../../../base/common/json.ts';

/** One entry of the gallery: a widget that shows the variants of one component. */
export interface GalleryWidget {
  readonly title: string;
  readonly widget: JsonObject;
}

// Builders of the components in the gallery.

export function node(type: string, props: JsonObject = {}, children?: readonly Json[]): JsonObject {
  return { type, ...props, ...(children ? { children } : {}) };
}

export function text(value: string, props: JsonObject = {}): JsonObject {
  return node('Text', { value, size: 'sm', ...props });
}

export function row(children: readonly Json[], props: JsonObject = {}): JsonObject {
  return node('Row', { gap: 2, wrap: 'wrap', ...props }, children);
}

export function col(children: readonly Json[], props: JsonObject = {}): JsonObject {
  return node('Col', { gap: 2, ...props }, children);
}

/** A small grey heading. */
export function caption(value: string): JsonObject {
  return node('Caption', { value, color: 'tertiary' });
}

export function card(title: string, children: readonly Json[], props: JsonObject = {}): GalleryWidget {
  return { title, widget: node('Card', { size: 'lg', status: { text: title }, ...props }, children) };
}

/** A row with one component for each value of a prop. */
export function each(
  type: string,
  prop: string,
  values: readonly Json[],
  base: (value: Json) => JsonObject,
): JsonObject {
  return col([caption(`${type}.${prop}`), row(values.map((value) => node(type, { ...base(value), [prop]: value })))]);
}

/** A small coloured box with a label. */
export function tile(label: string, props: JsonObject = {}): JsonObject {
  return node('Box', { padding: { x: 2, y: 1 }, radius: 'sm', background: 'alpha-08', ...props }, [text(label)]);
}

import type { Json, JsonObject } from '../../../base/common/json.ts';
import {
  badgeSizeNames,
  captionSizeNames,
  iconSizeNames,
  radiusNames,
  semanticNames,
  textAlignNames,
  textSizeNames,
  titleSizeNames,
  weightNames,
} from '../grammar/tokens.ts';
import { iconNames } from '../grammar/icons.ts';

const long =
  'Your parcel left the sorting centre in Bergen this morning. It travels by train to Oslo, where a courier picks it up.';

const markdown = `**Bold**, *italic*, \`code\` and a [link](https://example.com).

1. First
2. Second

> A quote

| Leg | Price |
| --- | ---: |
| Oslo | 120 |
`;

export const textGallery: readonly GalleryWidget[] = [
  card('Text', [
    col(textSizeNames.map((size) => node('Text', { value: `Text ${size}`, size }))),
    each('Text', 'weight', weightNames, (weight) => ({ value: String(weight) })),
    each(
      'Text',
      'color',
      [...semanticNames('text'), 'purple-500', '#e0820d', { light: 'blue-600', dark: 'blue-300' }],
      (color) => ({
        value: typeof color === 'string' ? color : 'light and dark',
      }),
    ),
    col(textAlignNames.map((textAlign) => text(`Aligned to ${textAlign}`, { textAlign }))),
    text('Italic', { italic: true }),
    text('Struck through', { lineThrough: true }),
    text(long, { truncate: true }),
    text(long, { maxLines: 2 }),
    text('Two lines of room', { minLines: 2 }),
    text('In a column of 160 px that breaks', { width: 160 }),
    text('Still being written', { streaming: true, id: 'growing-text' }),
  ]),
  card('Title', [
    ...titleSizeNames.slice(0, 6).map((size) => node('Title', { value: `Title ${size}`, size })),
    ...titleSizeNames.slice(6).map((size) => node('Title', { value: size, size })),
    each('Title', 'weight', weightNames, (weight) => ({ value: String(weight), size: 'sm' })),
    ...textAlignNames.map((textAlign) => node('Title', { value: textAlign, size: 'sm', textAlign })),
    node('Title', { value: long, size: 'sm', truncate: true, color: 'secondary' }),
    node('Title', { value: long, size: 'sm', maxLines: 2 }),
  ]),
  card('Caption', [
    ...captionSizeNames.map((size) => node('Caption', { value: `Caption ${size}`, size })),
    each('Caption', 'weight', weightNames, (weight) => ({ value: String(weight) })),
    ...textAlignNames.map((textAlign) => node('Caption', { value: textAlign, textAlign })),
    node('Caption', { value: long, truncate: true, color: 'danger' }),
    node('Caption', { value: long, maxLines: 1 }),
  ]),
  card('Markdown', [
    node('Markdown', { value: markdown }),
    node('Markdown', { id: 'growing-markdown', value: 'Still **being** written', streaming: true }),
  ]),
  card('Label', [
    caption('Label.size'),
    row(textSizeNames.map((size) => node('Label', { value: size, fieldName: 'labelled', size }))),
    row(weightNames.map((weight) => node('Label', { value: weight, fieldName: 'labelled', weight }))),
    ...textAlignNames.map((textAlign) =>
      node('Label', { value: textAlign, fieldName: 'labelled', textAlign, color: 'secondary' }),
    ),
    node('Input', { name: 'labelled' }),
  ]),
];

/** A small landscape as a `data:` URL, which needs no network. */
export const galleryImage = `data:image/svg+xml;base64,${btoa(
  '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 160 100"><rect width="160" height="100" fill="#7ec8f2"/><circle cx="124" cy="26" r="12" fill="#ffd240"/><path d="M0 78 46 36l34 34 26-22 54 38v14H0z" fill="#3c8f5f"/><path d="M0 88q40-14 80 0t80 0v12H0z" fill="#2a6b46"/></svg>',
)}`;

const badgeColours = ['secondary', 'success', 'danger', 'warning', 'info', 'discovery'];

export const contentGallery: readonly GalleryWidget[] = [
  card('Badge', [
    ...['soft', 'solid', 'outline'].map((variant) =>
      row(badgeColours.map((color) => node('Badge', { label: color, color, variant }))),
    ),
    each('Badge', 'size', badgeSizeNames, (size) => ({ label: `Size ${String(size)}` })),
    each('Badge', 'pill', [true, false], (pill) => ({ label: pill ? 'Pill' : 'Square', color: 'info' })),
  ]),
  card('Icon', [
    row(
      iconNames.map((name) => node('Icon', { name, size: 'xl' })),
      { gap: 3 },
    ),
    each('Icon', 'size', iconSizeNames, () => ({ name: 'star' })),
    each('Icon', 'color', [...semanticNames('text'), 'blue-400', { light: 'red-600', dark: 'red-300' }], () => ({
      name: 'check-circle-filled',
    })),
    caption('lucide:, vendor:'),
    row([
      node('Icon', { name: 'lucide:rocket' }),
      node('Icon', { name: 'lucide:arrow-down-0-1' }),
      node('Icon', { name: 'vendor:house-style' }),
    ]),
  ]),
  card('Image', [
    each('Image', 'fit', ['cover', 'contain', 'fill', 'scale-down', 'none'], (fit) => ({
      src: galleryImage,
      alt: `A landscape, ${String(fit)}`,
      width: 90,
      height: 90,
      background: 'alpha-10',
    })),
    each(
      'Image',
      'position',
      ['top left', 'top', 'top right', 'left', 'center', 'right', 'bottom left', 'bottom', 'bottom right'],
      (position) => ({
        src: galleryImage,
        alt: `A landscape, ${String(position)}`,
        size: 48,
        fit: 'cover',
        radius: 'sm',
      }),
    ),
    each('Image', 'radius', radiusNames, (radius) => ({
      src: galleryImage,
      alt: `A landscape, ${String(radius)}`,
      size: 48,
    })),
    each('Image', 'frame', [true, false], () => ({ src: galleryImage, alt: 'A landscape', width: 120, radius: 'md' })),
    node('Image', { src: galleryImage, alt: 'A landscape, flush', flush: true, aspectRatio: '16/9', maxHeight: 140 }),
    node('Row', {}, [
      node('Image', { src: galleryImage, alt: 'A landscape', flex: 1, minWidth: 40, minHeight: 40, margin: 1 }),
      node('Image', {
        src: 'https://images.example.com/asked-for.png',
        alt: 'Asked for first',
        width: 200,
        height: 100,
        maxWidth: '50%',
      }),
      node('Image', {
        src: 'https://images.example.com/avatar.png',
        alt: 'An avatar',
        minSize: 32,
        size: 48,
        maxSize: 64,
        radius: 'full',
      }),
    ]),
  ]),
];

/** One entry of the gallery: a widget that shows the variants of one component. */
export interface GalleryWidget {
  readonly title: string;
  readonly widget: JsonObject;
}

// Builders of the components in the gallery.

/** Returns a node of a widget. */
export function node(type: string, props: JsonObject = {}, children?: readonly Json[]): JsonObject {
  return { type, ...props, ...(children ? { children } : {}) };
}

/** Returns a `Text` in size `sm`. */
export function text(value: string, props: JsonObject = {}): JsonObject {
  return node('Text', { value, size: 'sm', ...props });
}

/** Returns a `Row` that wraps its children. */
export function row(children: readonly Json[], props: JsonObject = {}): JsonObject {
  return node('Row', { gap: 2, wrap: 'wrap', ...props }, children);
}

/** Returns a `Col` with its children below each other. */
export function col(children: readonly Json[], props: JsonObject = {}): JsonObject {
  return node('Col', { gap: 2, ...props }, children);
}

/** A small grey heading. */
export function caption(value: string): JsonObject {
  return node('Caption', { value, color: 'tertiary' });
}

/** Returns an entry of the gallery: a titled `Card`. */
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

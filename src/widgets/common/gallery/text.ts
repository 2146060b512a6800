import type { GalleryWidget } from './build.ts';
import { caption, card, col, each, node, row, text } from './build.ts';
import { captionSizeNames, textSizeNames, titleSizeNames, weightNames } from '../grammar/text.ts';
import { textAlignNames } from '../grammar/alignment.ts';
import { semanticNames } from '../grammar/tokens.ts';

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

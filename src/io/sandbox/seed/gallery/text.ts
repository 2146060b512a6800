import {
  badge,
  beyond,
  caption,
  card,
  col,
  divider,
  icon,
  label,
  markdown,
  row,
  spacer,
  text,
  title,
  type Node,
} from '../widgets/build.ts';
import type { Example } from './example.ts';

const iconNames =
  'agent analytics atom batch bolt book-open book-closed book-clock bug calendar chart check check-circle check-circle-filled chevron-left chevron-right circle-question clock compass confetti cube desktop document dot dots-horizontal dots-vertical empty-circle external-link globe keys lab images info lifesaver lightbulb mail map-pin maps mobile name notebook notebook-pencil page-blank phone play plus profile profile-card reload star star-filled search sparkle sparkle-double square-code square-image square-text suitcase settings-slider user wreath write write-alt write-alt2 lucide:anchor lucide:rocket vendor:unknown upload'.split(
    ' ',
  );

const sample = 'The quick brown fox jumps over the lazy dog';
const section = (name: string): Node => caption(name, { color: 'tertiary' });

/** Everything that is read. */
export const textExamples: readonly Example[] = [
  {
    name: 'Title',
    widget: card(
      { size: 'lg' },
      ...(['sm', 'md', 'lg', 'xl', '2xl', '3xl', '4xl', '5xl'] as const).map((size) =>
        title(`Title ${size}`, { size }),
      ),
      title(`${sample}, ${sample}, ${sample}`, { size: 'sm', truncate: true }),
      title('Two lines at most: ' + `${sample}. `.repeat(6), { size: 'sm', maxLines: 2 }),
      title('Normal, centred, secondary', { size: 'sm', weight: 'normal', textAlign: 'center', color: 'secondary' }),
    ),
  },
  {
    name: 'Text',
    widget: card(
      { size: 'lg' },
      section('size'),
      ...(['xs', 'sm', 'md', 'lg', 'xl'] as const).map((size) => text(`${size}: ${sample}`, { size })),
      section('weight'),
      row({ gap: 3 }, ...(['normal', 'medium', 'semibold', 'bold'] as const).map((weight) => text(weight, { weight }))),
      section('color'),
      row(
        { gap: 3, wrap: 'wrap' },
        ...[
          'prose',
          'primary',
          'emphasis',
          'secondary',
          'tertiary',
          'success',
          'warning',
          'danger',
          'purple-400',
          '#0a7d5b',
        ].map((color) => text(color, { color })),
        text('light / dark', { color: { light: 'blue-600', dark: 'blue-200' } }),
      ),
      section('italic, lineThrough, textAlign, width'),
      text('Italic', { italic: true }),
      text('Struck through', { lineThrough: true }),
      text('At the end', { textAlign: 'end' }),
      text('Half as wide as the card, and wrapped', { width: '50%' }),
      section('truncate, maxLines, minLines'),
      text(`${sample}, ${sample}, ${sample}`, { truncate: true }),
      text(`${sample}. `.repeat(8), { maxLines: 2 }),
      text('Three lines high', { minLines: 3 }),
      section('streaming, editable'),
      text('Still being written', { id: 'stream', streaming: true }),
      text('Edit me', { editable: { name: 'note', placeholder: 'A note', required: true } }),
      text('Not editable', { editable: false }),
    ),
  },
  {
    name: 'Caption, Label, Markdown',
    widget: card(
      { size: 'lg' },
      ...(['sm', 'md', 'lg'] as const).map((size) => caption(`Caption ${size}`, { size })),
      divider(),
      ...(['xs', 'sm', 'md', 'lg', 'xl'] as const).map((size) => label(`Label ${size}`, 'field', { size })),
      label('Bold, warning, centred', 'field', { weight: 'bold', color: 'warning', textAlign: 'center' }),
      divider(),
      markdown(
        '### Markdown\n\n**Bold**, *italic*, ~~struck~~, `code`, [a link](https://example.com/) and $e^{i\\pi} = -1$\n\n1. one\n2. two\n   - nested\n\n> A quote\n\n| A | B |\n|---|--:|\n| left | 1 |\n\n```ts\nconst answer: number = 42;\n```\n\n- [x] done\n- [ ] open',
      ),
      markdown('Still **being** written', { id: 'md', streaming: true }),
    ),
  },
  {
    name: 'Badge',
    widget: card(
      { size: 'lg' },
      ...(['soft', 'solid', 'outline'] as const).map((variant) =>
        row(
          { gap: 2, wrap: 'wrap' },
          caption(variant),
          ...(['secondary', 'success', 'danger', 'warning', 'info', 'discovery'] as const).map((color) =>
            badge(color, { color, variant }),
          ),
        ),
      ),
      row(
        { gap: 2 },
        ...(['sm', 'md', 'lg'] as const).map((size) => badge(size, { size })),
        ...(['sm', 'md', 'lg'] as const).map((size) => badge(`pill ${size}`, { size, pill: true })),
      ),
      row(
        {},
        badge('A very long badge that does not fit into one line of a card of this size, and goes on and on'),
        spacer(),
        badge(''),
      ),
    ),
  },
  {
    name: 'Icon',
    widget: card(
      { size: 'full' },
      row(
        { gap: 3, align: 'end' },
        ...(['xs', 'sm', 'md', 'lg', 'xl', '2xl', '3xl'] as const).map((size) => icon('sparkle', { size })),
      ),
      row(
        { gap: 3 },
        ...['primary', 'secondary', 'tertiary', 'success', 'warning', 'danger', 'blue-400', '#8046d9'].map((color) =>
          icon('star-filled', { color }),
        ),
      ),
      row(
        { gap: 2, wrap: 'wrap', align: 'start' },
        ...iconNames.map((name) =>
          col(
            { gap: 1, align: 'center', width: 84, padding: { y: 1 } },
            beyond({ type: 'Icon', name, size: 'lg' }),
            caption(name, { size: 'sm', truncate: true }),
          ),
        ),
      ),
    ),
  },
];

import { avatar, pictures } from '../art/svg.ts';
import {
  badge,
  basic,
  box,
  button,
  caption,
  card,
  col,
  divider,
  entry,
  icon,
  image,
  input,
  list,
  row,
  spacer,
  text,
  title,
  transition,
  type Node,
} from '../widgets/build.ts';
import type { Example } from './example.ts';

const block = (name: string, color = 'blue-100'): Node =>
  box({ background: { light: color, dark: 'blue-700' }, padding: 2, radius: 'sm' }, text(name, { size: 'sm' }));

/** Everything that holds something else. */
export const layoutExamples: readonly Example[] = [
  {
    name: 'Card: sm, status, confirm and cancel',
    widget: card(
      {
        size: 'sm',
        status: { text: 'With a favicon', favicon: avatar('N', '#0a7d5b'), frame: true },
        confirm: { label: 'Confirm', action: { type: 'gallery.confirm' } },
        cancel: { label: 'Cancel', action: { type: 'gallery.cancel' } },
      },
      title('A small card', { size: 'sm' }),
      text('With a header line and two buttons below.'),
    ),
  },
  {
    name: 'Card: background, border, padding, theme',
    widget: card(
      {
        size: 'md',
        background: 'surface-secondary',
        border: { size: 2, color: 'purple-400', style: 'dashed' },
        padding: { x: 6, y: 3 },
        theme: 'dark',
        status: { text: 'Always dark', icon: 'info' },
      },
      text('Dark, whatever the editor wears.'),
      button({ label: 'A button', style: 'primary' }),
    ),
  },
  {
    name: 'Card: full, border on two sides',
    widget: card(
      { size: 'full', border: { top: 2, bottom: { size: 4, color: 'blue-400' } } },
      text('As wide as there is room.'),
    ),
  },
  {
    name: 'Card: as a form',
    widget: card(
      { asForm: true, confirm: { label: 'Send', action: { type: 'gallery.form', payload: { fixed: 'wins' } } } },
      input({ name: 'todo.title', placeholder: 'Nested by its dotted name', required: true }),
      input({ name: 'fixed', defaultValue: 'loses against the payload' }),
    ),
  },
  {
    name: 'Card: collapsed',
    widget: card(
      { collapsed: true, status: { text: 'Done, and folded up', icon: 'check' } },
      text('Not seen any more'),
    ),
  },
  {
    name: 'Row and Col: gap, align, justify, wrap, flex',
    widget: card(
      { size: 'lg' },
      ...(['start', 'center', 'end', 'between', 'around', 'evenly', 'stretch'] as const).map((justify) =>
        row({ justify, gap: 2 }, block(justify), block('b'), block('c')),
      ),
      divider(),
      row(
        { gap: 2, height: 90, align: 'stretch' },
        ...(['start', 'center', 'end', 'baseline', 'stretch'] as const).map((align) =>
          row({ align, flex: 1, gap: 1, background: 'alpha-05' }, block(align), title('Ag', { size: 'lg' })),
        ),
      ),
      divider(),
      row({ gap: 1, wrap: 'wrap' }, ...Array.from({ length: 14 }, (_, index) => block(`wrap ${index + 1}`))),
      row(
        { gap: 2 },
        box({ flex: 1 }, block('flex 1')),
        box({ flex: 2 }, block('flex 2')),
        box({ flex: '0 0 60px' }, block('60px')),
      ),
      row({ gap: 2 }, block('left'), spacer(), block('right')),
      row({ gap: 2 }, block('left'), spacer({ minSize: 120 }), block('120 px away')),
      col({ gap: 4 }, block('gap 4'), block('gap 4')),
      col({ gap: '2px' }, block('gap 2px'), block('gap 2px')),
    ),
  },
  {
    name: 'Box: size, radius, border, background, margin',
    widget: card(
      { size: 'lg' },
      row(
        { gap: 2, wrap: 'wrap' },
        ...(['none', '2xs', 'xs', 'sm', 'md', 'lg', 'xl', '2xl', '3xl', '4xl', 'full', '100%'] as const).map((radius) =>
          box(
            { size: 56, radius, background: 'blue-100', align: 'center', justify: 'center' },
            caption(radius, { size: 'sm', color: 'blue-900' }),
          ),
        ),
      ),
      row(
        { gap: 2, wrap: 'wrap' },
        ...(['solid', 'dashed', 'dotted', 'double', 'groove', 'ridge', 'inset', 'outset'] as const).map((style) =>
          box({ padding: 2, border: { size: 3, style, color: 'orange-400' } }, caption(style)),
        ),
      ),
      row(
        { gap: 2, wrap: 'wrap' },
        ...[
          'surface',
          'surface-secondary',
          'surface-tertiary',
          'surface-elevated',
          'surface-elevated-secondary',
          'alpha-10',
          'red-a100',
          'linear-gradient(90deg, #ff8cc1, #339cff)',
        ].map((background) => box({ padding: 2, radius: 'md', background }, caption(background))),
      ),
      row(
        { gap: 2 },
        box({ width: 80, aspectRatio: '16/9', background: 'green-200' }),
        box({ height: 45, aspectRatio: 1.777, background: 'green-300' }),
        box({ minWidth: 30, maxWidth: 60, width: '50%', height: 45, background: 'green-400' }),
      ),
      box(
        {
          border: { x: 1, y: { size: 2, color: 'strong' } },
          margin: { top: 2, x: 4 },
          padding: { top: 1, right: 2, bottom: 3, left: 8 },
        },
        text('Uneven all around', { size: 'sm' }),
      ),
      box({ direction: 'row', gap: 2 }, block('direction'), block('row')),
    ),
  },
  {
    name: 'Divider and Transition',
    widget: card(
      {},
      text('Plain'),
      divider(),
      text('Flush'),
      divider({ flush: true }),
      text('Subtle, strong, coloured and thick'),
      divider({ color: 'subtle', spacing: 1 }),
      divider({ color: 'strong', spacing: 1 }),
      divider({ color: { light: 'pink-400', dark: 'pink-200' }, size: 3, spacing: 4 }),
      transition(block('Inside of a transition')),
    ),
  },
  {
    name: 'Image',
    widget: card(
      { size: 'lg' },
      image(pictures.mountains, 'Mountains', { height: 110, width: '100%', fit: 'cover', flush: true }),
      row(
        { gap: 2, wrap: 'wrap' },
        ...(['cover', 'contain', 'fill', 'scale-down', 'none'] as const).map((fit) =>
          col({ gap: 1 }, image(pictures.harbour, fit, { size: 84, fit, frame: true, radius: 'md' }), caption(fit)),
        ),
      ),
      row(
        { gap: 2, wrap: 'wrap' },
        ...(
          ['top left', 'top', 'top right', 'left', 'center', 'right', 'bottom left', 'bottom', 'bottom right'] as const
        ).map((position) => image(pictures.map, position, { size: 48, fit: 'cover', position })),
      ),
      row(
        { gap: 2 },
        image(avatar('ML', '#8046d9'), 'Mara Lind', { size: 48, radius: 'full' }),
        image('https://images.example/remote.jpg', 'Somewhere else on the web', { size: 48 }),
        image('http://insecure.example/x.png', 'Without TLS', { size: 48 }),
        image('not an address', '', { size: 48 }),
      ),
    ),
  },
  {
    name: 'ListView: limit and status',
    widget: list(
      { limit: 2, status: { text: 'Two of five are shown', icon: 'maps' } },
      ...['Blue line', 'Red line', 'Green line', 'Night bus', 'Ferry'].map((name, index) =>
        entry(
          { key: name, gap: 3, onClickAction: { type: 'line.pick', payload: { name } } },
          box({
            size: 20,
            radius: 'full',
            background: ['blue-400', 'red-400', 'green-400', 'purple-400', 'orange-400'][index] ?? 'gray-400',
          }),
          text(name, { size: 'sm' }),
          spacer(),
          caption(`${3 + index * 4} min`),
        ),
      ),
    ),
  },
  {
    name: 'ListView: auto, items that do nothing',
    widget: list(
      { limit: 'auto' },
      ...Array.from({ length: 12 }, (_, index) =>
        entry(
          { align: 'start' },
          icon('document', { color: 'secondary' }),
          col({ gap: 0 }, text(`Document ${index + 1}`, { weight: 'medium' }), caption('PDF · 240 kB')),
        ),
      ),
    ),
  },
  {
    name: 'Basic',
    widget: basic(
      { direction: 'row', gap: 3, align: 'center', padding: 2 },
      icon('cube', { size: 'xl' }),
      col({ gap: 0, flex: 1 }, title('Bjørk 12', { size: 'sm' }), caption('Air to water · 12 kW')),
      badge('Product', { color: 'info' }),
    ),
  },
];

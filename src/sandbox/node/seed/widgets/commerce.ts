import type { Widgets } from '@openai/chatkit';
import { pictures } from '../builders/art.ts';
import {
  badge,
  box,
  button,
  caption,
  card,
  col,
  divider,
  entry,
  icon,
  image,
  list,
  progress,
  row,
  spacer,
  table,
  td,
  text,
  title,
  tr,
} from './build.ts';

/** Where a parcel is. */
export const orderStatus: Widgets.Card = card(
  {
    size: 'sm',
    status: { text: 'Order #18294', icon: 'suitcase' },
    confirm: { label: 'Got it', action: { type: 'order.acknowledge', payload: { order: 18294 } } },
    cancel: { label: 'Report a problem', action: { type: 'order.problem', payload: { order: 18294 } } },
  },
  row({}, title('Arriving today', { size: 'sm' }), spacer(), badge('On time', { color: 'success' })),
  text('Out for delivery · between 14:00 and 16:00', { size: 'sm', color: 'secondary' }),
  progress(0.8, { light: 'green-500', dark: 'green-400' }),
  row(
    { justify: 'between' },
    ...['Packed', 'Shipped', 'Oslo hub', 'Your door'].map((step, index) =>
      caption(step, { color: index < 3 ? 'emphasis' : 'tertiary' }),
    ),
  ),
  divider({ flush: true }),
  row(
    { gap: 3 },
    image(pictures.backpack, 'Green backpack', { size: 48, radius: 'md', frame: true }),
    col({ gap: 0, flex: 1 }, text('Fjell 32 L backpack', { weight: 'medium' }), caption('Moss green · 1 piece')),
    text('€129.00', { weight: 'semibold' }),
  ),
);

/** What could replace an article, to pick from. */
export const productPicker: Widgets.ListView = list(
  { limit: 3, status: { text: '4 tents for three people', icon: 'search' } },
  ...(
    [
      ['Lyng 3', 'Freestanding · 2.9 kg', '€389', '4.8', pictures.tent, 'In stock'],
      ['Vidda 3 Ultralight', 'Trekking poles · 1.7 kg', '€549', '4.6', pictures.tent, 'In stock'],
      ['Skog Base 3', 'Tunnel · 4.1 kg', '€299', '4.4', pictures.tent, '2 left'],
      ['Tind Expedition', 'Four seasons · 3.8 kg', '€749', '4.9', pictures.tent, 'In 6 days'],
    ] as const
  ).map(([name, what, price, stars, picture, stock]) =>
    entry(
      { key: name, gap: 3, align: 'center', onClickAction: { type: 'product.open', payload: { name } } },
      image(picture, name, { size: 56, radius: 'lg' }),
      col(
        { gap: 0, flex: 1 },
        text(name, { weight: 'semibold' }),
        text(what, { size: 'sm', color: 'secondary' }),
        row({ gap: 1 }, icon('star-filled', { size: 'xs', color: 'yellow-500' }), caption(`${stars} · ${stock}`)),
      ),
      text(price, { weight: 'medium' }),
      icon('chevron-right', { color: 'tertiary' }),
    ),
  ),
);

/** A refund to agree to. */
export const refundOffer: Widgets.Card = card(
  {
    size: 'md',
    status: { text: 'Refund request R-2207', icon: 'document' },
    confirm: { label: 'Accept €84.50', action: { type: 'refund.accept', payload: { id: 'R-2207' } } },
    cancel: { label: 'Ask for a replacement', action: { type: 'refund.replace', payload: { id: 'R-2207' } } },
  },
  row(
    { gap: 3, align: 'start' },
    box(
      { size: 40, radius: 'full', background: 'red-a100', align: 'center', justify: 'center' },
      icon('lightbulb', { color: 'danger' }),
    ),
    col(
      { gap: 1, flex: 1 },
      title('Lamp arrived broken', { size: 'sm' }),
      text('We can refund the lamp and the express fee today. You may keep or recycle the base.', { size: 'sm' }),
    ),
  ),
  divider(),
  ...(
    [
      ['Hauk floor lamp', '€79.00'],
      ['Express delivery', '€5.50'],
    ] as const
  ).map(([what, price]) => row({}, text(what, { color: 'secondary' }), spacer(), text(price))),
  divider({ color: 'subtle' }),
  row({}, text('Back to Visa ···· 4421', { weight: 'medium' }), spacer(), title('€84.50', { size: 'sm' })),
);

/** An invoice as a table. */
export const invoice: Widgets.Card = card(
  { size: 'lg', status: { text: 'Invoice 2026-0417', icon: 'square-text' } },
  row(
    {},
    col({ gap: 0 }, title('Bergen Coffee Works', { size: 'md' }), caption('Due in 14 days')),
    spacer(),
    badge('Unpaid', { color: 'warning', variant: 'outline', pill: true }),
  ),
  table(
    tr(
      { header: true },
      td({ colSize: 'lg' }, text('Item', { weight: 'semibold' })),
      td({ align: 'end' }, text('Qty', { weight: 'semibold' })),
      td({ align: 'end' }, text('Unit', { weight: 'semibold' })),
      td({ align: 'end' }, text('Total', { weight: 'semibold' })),
    ),
    ...(
      [
        ['Sidamo beans, 1 kg', '24', '€18.90', '€453.60'],
        ['Filter papers, 200', '10', '€4.20', '€42.00'],
        ['Grinder service', '1', '€120.00', '€120.00'],
      ] as const
    ).map(([item, quantity, unit, total]) =>
      tr(
        {},
        td({}, text(item)),
        td({ align: 'end' }, text(quantity)),
        td({ align: 'end' }, text(unit)),
        td({ align: 'end' }, text(total)),
      ),
    ),
    tr(
      {},
      td({ colSpan: 3, align: 'end' }, text('VAT 25 %', { color: 'secondary' })),
      td({ align: 'end' }, text('€153.90')),
    ),
    tr(
      {},
      td({ colSpan: 3, align: 'end' }, text('Total', { weight: 'bold' })),
      td({ align: 'end' }, text('€769.50', { weight: 'bold' })),
    ),
  ),
  row(
    { gap: 2, justify: 'end' },
    button({
      label: 'Download PDF',
      iconStart: 'document',
      style: 'secondary',
      onClickAction: { type: 'invoice.download' },
    }),
    button({
      label: 'Pay now',
      style: 'primary',
      onClickAction: { type: 'invoice.pay', payload: { id: '2026-0417' } },
    }),
  ),
);

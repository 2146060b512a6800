import type { Widgets } from '@openai/chatkit';
import { avatar, pictures } from '../builders/art.ts';
import {
  badge,
  box,
  button,
  caption,
  card,
  checkbox,
  col,
  datePicker,
  divider,
  entry,
  form,
  icon,
  image,
  input,
  label,
  list,
  radios,
  row,
  select,
  spacer,
  text,
  textarea,
  title,
} from './build.ts';

/** Flights to choose from. */
export const flightOptions: Widgets.ListView = list(
  { status: { text: 'Oslo → Lisbon · 3 ways on today', icon: 'globe' } },
  ...(
    [
      ['TP763', '15:10', '18:45', 'Direct', 'Same fare', 'success', 'TP', '#0a7d5b'],
      ['LH861', '16:40', '22:05', 'via Frankfurt', 'Same fare', 'success', 'LH', '#0b2a5b'],
      ['SK1461', '18:20', '23:55', 'via Copenhagen', '+ €40', 'warning', 'SK', '#2b3a8f'],
    ] as const
  ).map(([flight, from, to, way, fare, color, airline, ground]) =>
    entry(
      { key: flight, gap: 3, align: 'center', onClickAction: { type: 'flight.choose', payload: { flight } } },
      image(avatar(airline, ground), airline, { size: 40, radius: 'full' }),
      col(
        { gap: 0, flex: 1 },
        row(
          { gap: 2 },
          title(from, { size: 'sm' }),
          icon('chevron-right', { size: 'sm', color: 'tertiary' }),
          title(to, { size: 'sm' }),
        ),
        caption(`${flight} · ${way}`),
      ),
      badge(fare, { color }),
    ),
  ),
);

/** A boarding pass. */
export const boardingPass: Widgets.Card = card(
  { size: 'sm', background: { light: '#0a7d5b', dark: '#075e44' }, theme: 'dark', padding: 5 },
  row({}, caption('BOARDING PASS'), spacer(), text('TP763', { weight: 'semibold' })),
  row(
    { align: 'end' },
    col({ gap: 0 }, title('OSL', { size: '3xl' }), caption('Oslo Gardermoen')),
    spacer(),
    icon('chevron-right', { size: '2xl' }),
    spacer(),
    col({ gap: 0, align: 'end' }, title('LIS', { size: '3xl' }), caption('Lisbon')),
  ),
  divider({ color: 'alpha-30' }),
  row(
    { justify: 'between' },
    ...(
      [
        ['Gate', 'E8'],
        ['Boarding', '14:35'],
        ['Seat', '12A'],
        ['Group', '2'],
      ] as const
    ).map(([name, value]) => col({ gap: 0 }, caption(name), text(value, { weight: 'bold', size: 'lg' }))),
  ),
  row(
    { justify: 'center' },
    box({ background: 'white', padding: 2, radius: 'md' }, image(pictures.qr, 'Boarding code', { size: 84 })),
  ),
);

/** A hotel with a picture and what is near. */
export const hotel: Widgets.Card = card(
  { size: 'md', padding: 0 },
  image(pictures.harbour, 'Houses along the harbour', { height: 150, width: '100%', fit: 'cover', flush: true }),
  col(
    { gap: 2, padding: 4 },
    row({}, title('Casa do Cais', { size: 'md' }), spacer(), badge('9.1', { color: 'success', variant: 'solid' })),
    row(
      { gap: 1 },
      icon('map-pin', { size: 'sm', color: 'secondary' }),
      text('Alfama · 6 min to the metro', { size: 'sm', color: 'secondary' }),
    ),
    row(
      { gap: 1, wrap: 'wrap' },
      ...['Breakfast', 'Late check-in', 'Wi-Fi', 'Pets welcome'].map((word) => badge(word, { pill: true })),
    ),
    row(
      {},
      col({ gap: 0 }, title('€118', { size: 'lg' }), caption('a night, taxes included')),
      spacer(),
      button({
        label: 'Reserve',
        style: 'primary',
        iconEnd: 'chevron-right',
        onClickAction: { type: 'hotel.reserve', payload: { id: 'casa-do-cais' } },
      }),
    ),
  ),
);

/** A table at a restaurant: most kinds of fields in one form. */
export const bookingForm: Widgets.Card = card(
  { size: 'md', status: { text: 'Book a table', icon: 'calendar' } },
  form(
    { gap: 3, onSubmitAction: { type: 'table.book', payload: { restaurant: 'ostra' } } },
    row(
      { gap: 3, align: 'end' },
      col(
        { gap: 1, flex: 1 },
        label('Day', 'day'),
        datePicker({ name: 'day', placeholder: 'Pick a day', block: true }),
      ),
      col(
        { gap: 1, flex: 1 },
        label('Time', 'time'),
        select({
          name: 'time',
          block: true,
          defaultValue: '19:30',
          options: ['18:00', '18:45', '19:30', '20:15', '21:00'].map((value) => ({ value, label: value })),
        }),
      ),
    ),
    col(
      { gap: 1 },
      label('Guests', 'guests'),
      radios({
        name: 'guests',
        defaultValue: '4',
        options: ['2', '3', '4', '5', '6'].map((value) => ({ value, label: value })),
      }),
    ),
    col(
      { gap: 1 },
      label('Name', 'guest.name'),
      input({ name: 'guest.name', placeholder: 'As on the reservation', required: true }),
    ),
    col(
      { gap: 1 },
      label('Phone', 'guest.phone'),
      input({ name: 'guest.phone', inputType: 'tel', pattern: '\\+?[0-9 ]{6,}', placeholder: '+351 …' }),
    ),
    col(
      { gap: 1 },
      label('Wishes', 'wishes'),
      textarea({ name: 'wishes', rows: 2, autoResize: true, placeholder: 'Allergies, high chair, window …' }),
    ),
    checkbox({ name: 'remind', label: 'Remind me two hours before', defaultChecked: true }),
    row(
      { gap: 2, justify: 'end' },
      button({ label: 'Not now', variant: 'ghost', onClickAction: { type: 'table.dismiss' } }),
      button({ submit: true, label: 'Book', style: 'primary' }),
    ),
  ),
);

/** Three days of weather. */
export const weather: Widgets.Card = card(
  { size: 'sm', theme: 'light', background: 'linear-gradient(160deg, #7cc4ff 0%, #eaf6ff 100%)' },
  row(
    {},
    col({ gap: 0 }, caption('Kyoto'), title('18°', { size: '4xl' }), text('Clear, light wind')),
    spacer(),
    icon('sparkle-double', { size: '3xl', color: 'yellow-500' }),
  ),
  divider({ color: 'alpha-15' }),
  row(
    { justify: 'between' },
    ...(
      [
        ['Fri', '19°', '9°'],
        ['Sat', '21°', '11°'],
        ['Sun', '17°', '10°'],
      ] as const
    ).map(([day, high, low]) =>
      col(
        { gap: 0, align: 'center' },
        caption(day),
        text(high, { weight: 'semibold' }),
        text(low, { color: 'secondary', size: 'sm' }),
      ),
    ),
  ),
);

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
} from '../widgets/build.ts';
import {
  type SeedThread,
  assistant,
  call,
  customTask,
  days,
  group,
  hours,
  minutes,
  thought,
  user,
  users,
  widget,
} from '../builders/buildThread.ts';

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
const weather: Widgets.Card = card(
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

/** Conversations with a travel assistant, in several languages. */
export const travelThreads: readonly SeedThread[] = [
  {
    key: 'rebook',
    user: users.mara,
    title: 'Flight to Lisbon cancelled',
    ago: minutes(52),
    lines: [
      user(0, 'TP761 was just cancelled. I have to be in Lisbon tonight!'),
      customTask(1, 'Looked up TP761', 'Cancelled 11:42, crew out of hours'),
      thought(1, 'What is she entitled to?', 'Free rebooking, any partner, and a meal voucher after two hours.'),
      group(
        1,
        ['custom', 'Asked TAP', '1 direct flight with seats'],
        ['custom', 'Asked Lufthansa', '1 flight via Frankfurt'],
        ['custom', 'Asked SAS', '1 flight via Copenhagen'],
      ),
      assistant(1, 'You can still make it. These leave today, the first two at **no extra cost**:'),
      widget(1, flightOptions),
      user(38, 'The direct one. Window if possible.'),
      call(
        1,
        'rebook_flight',
        { from: 'TP761', to: 'TP763', passenger: { name: 'LIND/MARA', seat: 'window' } },
        { pnr: 'X7KQ2M', seat: '12A', gate: 'E8' },
      ),
      widget(1, boardingPass),
      assistant(
        1,
        'You are on **TP763 at 15:10**, seat **12A** (window). Your bag is moved over, nothing to do at the desk.\n\nShall I tell the hotel that you arrive at 19:30?',
        ['https://tap.example/status/TP763'],
      ),
      user(20, 'Yes, and where can I get something to eat nearby, for four?'),
      widget(2, hotel),
      widget(1, bookingForm),
      assistant(1, 'The hotel knows. *Ostra* around the corner has tables tonight, just fill in the form.'),
    ],
  },
  {
    key: 'kyoto',
    user: users.kenji,
    title: '京都で過ごす秋の週末(二泊三日)',
    ago: hours(4),
    lines: [
      user(0, '来週末、京都に行きます。紅葉のおすすめはありますか?'),
      group(
        1,
        ['custom', '紅葉情報を検索', '見頃:東福寺、永観堂、嵐山'],
        ['thought', '混雑を考える', '午前八時前なら東福寺も静か。'],
      ),
      widget(2, weather),
      assistant(
        2,
        '**一日目** 東福寺は朝八時前がおすすめです。\n\n**二日目** 嵐山から嵯峨野へ。竹林は夕方が静かです。\n\n**三日目** 永観堂のライトアップは17:30から。',
        ['https://kyoto.example/koyo/2026', '京都マップ.pdf'],
      ),
      user(55, '二日目の昼食は?'),
      assistant(2, '嵯峨豆腐の店「森嘉」の近くに、湯豆腐の小さな店があります。予約は不要です。🍁'),
    ],
  },
  {
    key: 'arabic',
    user: users.layla,
    title: 'استفسار عن تأخير الشحنة رقم 18310',
    ago: hours(6),
    lines: [
      user(0, 'مرحباً، لم تصل الشحنة رقم 18310 بعد.'),
      customTask(1, 'بحث عن الطلب', 'الطلب 18310: في الجمارك منذ يومين'),
      assistant(
        2,
        'أهلاً ليلى، الشحنة **18310** في الجمارك منذ يومين. نتوقع وصولها يوم *الخميس*.\n\n- رقم التتبع: `70 7321 4471 990`\n- الرسوم مدفوعة مسبقاً',
        ['https://carrier.example/track/7073214471990'],
      ),
      user(80, 'شكراً جزيلاً!'),
    ],
  },
  {
    key: 'hindi',
    user: users.arjun,
    title: 'जीएसटी इनवॉइस डाउनलोड नहीं हो रहा है',
    status: { type: 'closed', reason: null },
    ago: hours(8),
    lines: [
      user(0, 'मेरा जीएसटी इनवॉइस डाउनलोड नहीं हो रहा है। कृपया मदद करें।'),
      thought(1, 'कारण ढूँढना', 'लिंक की अवधि समाप्त हो गई थी।'),
      assistant(2, 'नमस्ते अर्जुन जी! पुराने लिंक की अवधि समाप्त हो गई थी। नया इनवॉइस यहाँ है — **₹4,320** (18% जीएसटी सहित)।', [
        'gst-invoice-4320.pdf',
      ]),
    ],
  },
  {
    key: 'party',
    user: users.layla,
    title: '🎂 Noor’s surprise party 🎉🥳 — 30 people, no nuts',
    ago: days(1) + hours(1),
    lines: [
      user(0, '30 people, Saturday, budget 900. Noor must not know 🤫'),
      assistant(2, 'My lips are sealed. Indoors or outdoors? And does anyone have allergies?'),
      user(25, 'indoors. 2 vegans, 1 nut allergy (serious!)'),
      group(
        2,
        ['custom', 'Searched venues', '6 within 5 km, 3 free on Saturday'],
        ['thought', 'Nuts', 'Only caterers with a nut-free kitchen.'],
      ),
      assistant(
        2,
        '👩‍👩‍👧‍👦 **Loft 22** (€420) with catering by *Rot & Rübe* (nut-free kitchen, €14 a head) makes **€840**.\n\n- [x] Venue held until Thursday\n- [ ] Cake: who decides the flavour?\n- [ ] Somebody has to bring Noor',
      ),
    ],
  },
  {
    key: 'long title',
    user: users.sofia,
    title:
      'Train from Zürich to Palermo with a night in Rome, two bicycles, a cello that needs its own seat, a vegetarian who does not eat mushrooms, and the wish to see at least one volcano before Sunday evening without ever having to change trains in Milan',
    status: { type: 'locked', reason: null },
    ago: days(1) + hours(20),
    lines: [
      user(0, 'I know this is a lot. Can it be done?'),
      thought(3, null, 'The cello needs a seat of its own on the EuroCity; bicycles only on the regional leg.'),
      assistant(3, 'It can, with one compromise: the bicycles travel a day ahead. The rest works, volcano included.'),
    ],
  },
];

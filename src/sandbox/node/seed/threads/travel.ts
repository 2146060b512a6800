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
import { boardingPass, bookingForm, flightOptions, hotel, weather } from '../widgets/travel.ts';

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

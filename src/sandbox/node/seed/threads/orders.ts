import {
  type SeedThread,
  assistant,
  call,
  customTask,
  days,
  file,
  group,
  hours,
  image,
  minutes,
  thought,
  user,
  users,
  widget,
} from '../builders/buildThread.ts';
import { invoice, orderStatus, productPicker, refundOffer } from '../widgets/commerce.ts';

/** Conversations with the assistant of an outdoor shop. */
export const orderThreads: readonly SeedThread[] = [
  {
    key: 'order 18294',
    user: users.mara,
    title: 'Where is order #18294?',
    ago: minutes(6),
    lines: [
      user(0, 'Hi! My backpack should have come yesterday. Here is the label from the first parcel, if that helps.', {
        attachments: [
          image('cfile_label', 'label.png', '/sandbox/files/label.png'),
          file('cfile_invoice', 'invoice-18294.pdf', 'application/pdf'),
        ],
        model: 'gpt-5',
        tool: 'order_lookup',
      }),
      thought(
        1,
        'Reading the label',
        'Tracking number **70 7321 4471 882**, sender Nordvik Outdoor, destination Oslo.',
      ),
      group(
        1,
        ['custom', 'Searched orders', '1 match: #18294, paid, two parcels'],
        ['custom', 'Asked the carrier', 'Last scan 07:52, Oslo hub'],
        ['thought', 'Compare dates', 'Promised for yesterday, delayed one day by snow on the Dovre route.'],
      ),
      call(1, 'get_location', { precision: 'city' }, { city: 'Oslo', country: 'NO' }),
      widget(2, orderStatus),
      assistant(
        1,
        'Good news: it left the **Oslo hub** this morning and reaches you **today between 14:00 and 16:00**.\n\nIt is a day late because of snow on the Dovre route. I have put **€5** back on your account for the wait.',
        ['https://carrier.example/track/7073214471882', 'invoice-18294.pdf'],
      ),
      user(74, 'Great. Nobody is home then, can they leave it with the neighbour?', {
        quote: 'today between 14:00 and 16:00',
      }),
      customTask(2, 'Updated the delivery', 'Leave with neighbour, ground floor left'),
      assistant(
        2,
        'Done. The driver sees *“leave with neighbour, ground floor left”*. You get a message with the name as soon as it is handed over.',
        ['https://carrier.example/track/7073214471882'],
      ),
    ],
  },
  {
    key: 'broken lamp',
    user: users.sofia,
    title: 'Floor lamp arrived broken',
    status: { type: 'closed', reason: 'Refund R-2207 was accepted' },
    ago: hours(5),
    lines: [
      user(0, 'The shade is cracked from top to bottom. See the picture.', {
        attachments: [image('cfile_lamp', 'broken-lamp.png', '/sandbox/files/broken-lamp.png')],
      }),
      thought(2, 'Looking at the picture', 'A vertical crack through the glass shade; the base looks fine.'),
      customTask(1, 'Checked the refund rules', 'Damaged in transport within 14 days: refund or replacement'),
      assistant(
        2,
        'I am sorry about that, it should never have left the warehouse like this. You can choose what suits you better:',
      ),
      widget(1, refundOffer),
      user(95, 'Refund please'),
      call(
        1,
        'confirm_refund',
        { id: 'R-2207', amount: { value: 84.5, currency: 'EUR' } },
        { ok: true, reference: 'RF-90311' },
      ),
      assistant(
        2,
        'Your refund of **€84.50** is on its way to Visa ···· 4421. It usually shows within three working days, reference `RF-90311`.',
        ['refund-policy.md'],
      ),
    ],
  },
  {
    key: 'tents',
    user: users.visitor,
    title: 'A tent for three and a dog',
    ago: hours(9),
    lines: [
      user(0, 'which tent fits 3 people and a dog, under 4.5 kg?', { model: 'gpt-5-mini' }),
      group(
        2,
        ['custom', 'Filtered the catalogue', '4 tents, 3 persons or more, up to 4.5 kg'],
        ['thought', null, 'A dog wants a vestibule of at least 1.5 m².'],
      ),
      widget(1, productPicker),
      assistant(
        2,
        '| Tent | Weight | Vestibule | Price |\n|---|---:|---:|---:|\n| **Lyng 3** | 2.9 kg | 1.8 m² | €389 |\n| Vidda 3 Ultralight | 1.7 kg | 1.1 m² | €549 |\n| Skog Base 3 | 4.1 kg | 2.6 m² | €299 |\n\nWith a dog I would take the **Skog Base 3**: heavier, but the vestibule is large enough for it to sleep in.',
        ['https://nordvik.example/tents/skog-base-3', 'https://nordvik.example/guides/camping-with-dogs'],
      ),
      user(40, 'and if I carry it for 5 days?'),
      assistant(
        3,
        'Then the **Lyng 3**. 1.2 kg less on your back, and the dog fits if it is not larger than a border collie. 🐕',
      ),
    ],
  },
  {
    key: 'address',
    user: users.anonymous,
    title: 'Change the delivery address',
    ago: hours(2),
    lines: [
      user(0, 'Hello, I moved last week.'),
      assistant(2, 'Congratulations on the new home! What is the number of the order you would like to send there?'),
      user(31, '18311'),
      customTask(1, 'Searched orders', '#18311, not yet packed'),
      assistant(1, 'Found it, it is not packed yet, so there is still time. Where shall it go?'),
      // Has no response, to show a conversation that ends with a user message.
      user(
        48,
        'Storgata 14, 0184 Oslo. Second floor. And please take the blue one instead of the green one if that is possible.',
      ),
    ],
  },
  {
    key: 'invoice',
    user: users.finance,
    title: 'Invoice for November',
    status: { type: 'locked', reason: 'Waiting for the payment to clear' },
    ago: days(1) + hours(3),
    lines: [
      user(0, 'Please send the invoice for our November order again.'),
      customTask(1, 'Searched invoices', '2026-0417'),
      widget(1, invoice),
      assistant(1, 'Here it is. Payment is due in 14 days; a reminder goes out three days before.', [
        'invoice-2026-0417.pdf',
      ]),
      user(300, '', {
        attachments: [
          image('cfile_receipt', 'receipt.png', '/sandbox/files/receipt.png'),
          file('cfile_mt940', 'statement.mt940', 'text/plain'),
        ],
      }),
      thought(2, 'Matching the payment', 'Amount and reference agree, value date is tomorrow.'),
      assistant(1, 'Thank you, I see the transfer. I have locked this conversation until the bank confirms it.'),
    ],
  },
];

import type { Widgets } from '@openai/chatkit';
import { digest, makeIndexedIds } from '../model/ids.ts';
import { ItemLog, type StoredItem, type StoredThread } from '../model/store.ts';
import type { RestThreadStatus } from '../model/restTypes.ts';
import { badge, caption, card, progress, row, spacer, text, title } from './widgets/build.ts';
import {
  type SeedContext,
  type SeedLine,
  type SeedThread,
  assistant,
  buildThread,
  call,
  customTask,
  group,
  thought,
  threadId,
  toStoredItem,
  user,
  users,
  widget,
} from './builders/buildThread.ts';

interface LongThread {
  readonly key: string;
  readonly title: string;
  readonly items: number;
  /** Times of the first and the last item, in seconds before the start of the sandbox. */
  readonly firstItemAgo: number;
  readonly lastItemAgo: number;
}

const tables = [
  'orders',
  'order_lines',
  'customers',
  'carts',
  'price_rules',
  'stock_moves',
  'payments',
  'refunds',
  'addresses',
  'audit_log',
  'sessions',
  'coupons',
];
const tableOf = (round: number): string => tables[round % tables.length] ?? 'orders';
/** Rows in thousands; constant for each table. */
const rowsOf = (round: number): number => 120 + ((round * 7919) % 9700);
const shardOf = (round: number): number => Math.floor(round / tables.length) + 1;

/** The items for one table of a database migration: every kind of item, in one and a half turns. */
const steps: readonly ((round: number) => SeedLine)[] = [
  (round) => user(0, `Next: ${tableOf(round)}, shard ${shardOf(round)}`),
  (round) => thought(0, `Is ${tableOf(round)} ready?`, `Replication lag ${(round * 13) % 90} ms, no long transactions`),
  (round) =>
    group(
      0,
      ['custom', 'Copied the rows', `${rowsOf(round)},000 rows`],
      ['custom', 'Built the indexes', `${2 + (round % 5)} indexes`],
      ['thought', 'Compare checksums', null],
    ),
  (round) =>
    call(
      0,
      'verify_checksum',
      { table: tableOf(round), shard: shardOf(round), algorithm: 'xxh3' },
      { equal: true, rows: rowsOf(round) * 1000 },
    ),
  (round) =>
    assistant(
      0,
      `\`${tableOf(round)}\` (shard ${shardOf(round)}) is over: **${rowsOf(round)},000** rows, checksums agree.`,
      round % 4 === 0 ? ['https://wiki.example/migration/plan', 'migration.log'] : [],
    ),
  (round) =>
    user(
      0,
      ['How long for the rest?', 'Any errors?', 'Good. Is the old primary still in sync?', 'ok'][round % 4] ?? 'ok',
    ),
  (round) =>
    customTask(
      0,
      round % 3 === 0 ? 'Asked the old primary' : 'Read the log',
      round % 3 === 0 ? 'In sync, 0 bytes behind' : 'No errors, 2 warnings about collations',
    ),
  (round) =>
    widget(0, tableCard(tableOf(round), shardOf(round), rowsOf(round), ((round % tables.length) + 1) / tables.length)),
  (round) =>
    assistant(
      0,
      [
        'About **40 minutes** if nothing slows down.',
        'None. Two warnings about collations, both expected.',
        'Yes, 0 bytes behind. We can still go back at any time.',
        '👍',
      ][round % 4] ?? '👍',
    ),
];

/** Returns a thread of any length whose items are generated on access, so that its length does not affect the start time. */
export function longThread(
  context: SeedContext,
  { key, title, items, firstItemAgo, lastItemAgo }: LongThread,
): StoredThread {
  const createdAt = context.startedAt - firstItemAgo * 1000;
  const stepMs = ((firstItemAgo - lastItemAgo) * 1000) / items;
  const timeOf = (index: number): number => createdAt + Math.floor(index * stepMs);
  const ids = makeIndexedIds('cti', `${context.seed} ${key}`, timeOf);
  return {
    id: threadId(context, key, createdAt),
    createdAt,
    user: users.operations,
    title,
    status: { type: 'active' },
    items: new ItemLog({
      length: items,
      indexOf: (id) => ids.indexOf(id, items),
      at: (index): StoredItem => {
        const step = steps[index % steps.length];
        if (step === undefined) throw new RangeError(`No item at ${index}`);
        const { body } = step(Math.floor(index / steps.length));
        return toStoredItem(body, { id: ids.idOf(index), createdAt: timeOf(index), origin: context.origin });
      },
    }),
  };
}

/** The progress of a table in the migration. @param done 0 to 1 */
function tableCard(table: string, shard: number, thousands: number, done: number): Widgets.Card {
  return card(
    { size: 'sm' },
    row({}, text(table, { weight: 'semibold' }), badge(`shard ${shard}`), spacer(), caption(`${thousands},000 rows`)),
    progress(done, done === 1 ? 'green-400' : 'blue-400'),
  );
}

const fourHours = 4 * 3600;

/** Returns `count` conversations from templates, about one every four hours in the days before the start. */
export function bulkThreads(context: SeedContext, count: number): StoredThread[] {
  return Array.from({ length: count }, (_, index) => {
    const pick = picker(`bulk ${index}`);
    const scenario = scenarios[index % scenarios.length];
    if (scenario === undefined) throw new RangeError('No scenario');
    const ago = fourHours * (index + 1) + pick([0, 431, 1287, 2903, 4411, 6007]);
    return buildThread({ key: `bulk ${index}`, ago, ...scenario(pick, index) }, context);
  });
}

/** Returns a deterministic chooser that does not depend on the seed, so that users recognise their threads. */
function picker(key: string): Pick {
  let picks = 0;
  return <T>(choices: readonly T[]): T => {
    const number = Number.parseInt(digest(key, picks++).slice(0, 8), 16);
    const choice = choices[number % choices.length];
    if (choice === undefined) throw new RangeError('Nothing to pick from');
    return choice;
  };
}

/** Chooses one of `choices`. */
type Pick = <T>(choices: readonly T[]) => T;

type Scenario = (pick: Pick, index: number) => ScenarioThread;
type ScenarioThread = Omit<SeedThread, 'key' | 'ago'>;

const products = [
  'Fjell 32 L backpack',
  'Vidda sleeping bag',
  'Tind rain jacket',
  'Lyng 3 tent',
  'Elv water filter',
  'Skog axe',
];
const cities = ['Bergen', 'Porto', 'Kraków', 'Tallinn', 'Lyon', 'Ghent', 'Trieste', 'Galway'];
const services = ['catalogue-api', 'mailer', 'search-index', 'web-frontend', 'stock-sync'];
const customers = [users.mara, users.layla, users.arjun, users.sofia, users.visitor, users.anonymous, users.odd];
const staff = [users.operations, users.operations, users.kenji];

/** Returns a status: mostly active, sometimes closed or locked. */
function statusOf(pick: Pick): RestThreadStatus {
  return pick<RestThreadStatus>([
    ...Array.from({ length: 12 }, (): RestThreadStatus => ({ type: 'active' })),
    { type: 'closed', reason: 'Solved' },
    { type: 'closed', reason: 'No answer for a day' },
    { type: 'closed', reason: null },
    { type: 'locked', reason: 'A colleague takes over' },
  ]);
}

const orderNumber = (index: number): number => 18_290 - index * 3;

/** Templates of everyday conversations. The result depends on the index. */
const scenarios: readonly Scenario[] = [
  (pick, index) => {
    const product = pick(products);
    return {
      user: pick(customers),
      status: statusOf(pick),
      title: `Return: ${product}`,
      lines: [
        user(
          0,
          `I would like to send the ${product} back, it is ${pick(['too small', 'not what I expected', 'a present that came twice'])}.`,
        ),
        customTask(2, 'Checked the return window', `Order #${orderNumber(index)}, ${pick([6, 11, 23])} days old`),
        call(
          1,
          'create_label',
          { order: orderNumber(index), carrier: pick(['Posten', 'DHL', 'GLS']) },
          { label: `RL-${4400 + index}.pdf` },
        ),
        assistant(
          2,
          `No problem. Print the label **RL-${4400 + index}** and drop the parcel at any shop; the money is back within five days of its arrival.`,
          ['return-policy.md'],
        ),
      ],
    };
  },
  (pick) => {
    const city = pick(cities);
    return {
      user: pick(customers),
      status: statusOf(pick),
      title: `Long weekend in ${city}`,
      lines: [
        user(0, `3 days in ${city}, ${pick(['with two kids', 'no car', 'mostly food', 'on a budget'])}. Ideas?`),
        group(
          2,
          ['custom', `Searched ${city}`, '48 places'],
          ['thought', null, 'Mornings outside, afternoons inside: rain is likely.'],
        ),
        assistant(
          3,
          `1. **Day one** the old town on foot, then the market hall\n2. **Day two** a boat or tram to the edge of ${city}\n3. **Day three** one museum, and a long lunch`,
          [`https://travel.example/${encodeURIComponent(city.toLowerCase())}`],
        ),
        user(pick([20, 47, 130]), pick(['Where would you stay?', 'And if it rains?', 'Lovely, thanks!'])),
        assistant(
          2,
          pick([
            'Near the station: quiet at night, and everything is ten minutes away.',
            'Then swap day two and three; the museum opens at ten.',
          ]),
        ),
      ],
    };
  },
  (pick, index) => {
    const service = pick(services);
    return {
      user: pick(staff),
      status: { type: 'active' },
      title: `${service}: failed job #${5000 + index * 17}`,
      lines: [
        user(0, `Why did job ${5000 + index * 17} of ${service} fail?`),
        thought(1, 'Reading the log', 'The last line before the exit code is the one that matters.'),
        call(1, 'read_log', { service, job: 5000 + index * 17, tail: 200 }, { exit: 137, last: 'Killed' }),
        assistant(
          2,
          `Exit code **137**: it ran out of memory. The job asks for \`512Mi\` and peaked at \`640Mi\`.\n\n\`\`\`yaml\nresources:\n  limits:\n    memory: 768Mi\n\`\`\``,
          ['https://runbooks.example/oom'],
        ),
      ],
    };
  },
  (pick, index) => ({
    user: pick(customers),
    status: statusOf(pick),
    title: index % 9 === 3 ? null : `Is the ${pick(products)} in stock?`,
    lines: [
      user(0, pick(['Do you have this in green?', 'When is it back in stock?', 'Which size for 1.78 m?'])),
      assistant(
        2,
        pick([
          'Yes, four pieces in Oslo and more on the way.',
          'On Thursday. Shall I tell you when it is there?',
          'Take a large; it is cut narrow.',
        ]),
      ),
    ],
  }),
  (pick, index) => {
    const done = pick([0.25, 0.5, 0.75, 1]);
    return {
      user: pick(customers),
      status: statusOf(pick),
      title: `Order #${orderNumber(index)}`,
      lines: [
        user(0, `Where is #${orderNumber(index)}?`),
        customTask(1, 'Asked the carrier', 'Last scan 06:12'),
        widget(
          1,
          card(
            { size: 'sm', status: { text: `Order #${orderNumber(index)}`, icon: 'suitcase' } },
            row(
              {},
              title(done === 1 ? 'Delivered' : 'On its way', { size: 'sm' }),
              spacer(),
              badge(done === 1 ? 'Done' : 'On time', { color: 'success' }),
            ),
            progress(done, done === 1 ? 'green-400' : 'blue-400'),
            row({}, text(pick(products), { size: 'sm' }), spacer(), caption(`${pick([1, 2, 3])} parcel(s)`)),
          ),
        ),
        assistant(
          1,
          done === 1
            ? 'It was delivered to your letter box.'
            : `It is in ${pick(cities)} and should reach you tomorrow.`,
        ),
      ],
    };
  },
  (pick) => ({
    user: pick(customers),
    status: statusOf(pick),
    title: pick(['Change my password', 'Newsletter', 'Delete my account', 'Two accounts, one address']),
    lines: [
      user(0, pick(['I cannot sign in any more.', 'Please stop the newsletter.', 'How do I delete my account?'])),
      thought(1, null, 'Nothing is changed before the address is confirmed.'),
      call(1, 'send_code', { channel: 'email' }, { sent: true, expiresInSeconds: 600 }),
      assistant(1, 'I sent a code to your address. As soon as you type it here, I can go on.'),
      user(pick([22, 61]), '4 8 2 9 1 7'),
      assistant(1, 'Thank you, that was the right one. It is done.'),
    ],
  }),
];

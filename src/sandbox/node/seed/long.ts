import type { Widgets } from '@openai/chatkit';
import { makeIndexedIds } from '../model/ids.ts';
import { ItemLog, type StoredItem, type StoredThread } from '../store/store.ts';
import { badge, caption, card, progress, row, spacer, text } from './widgets/build.ts';
import {
  type SeedContext,
  type SeedLine,
  assistant,
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

import { makeRunIds } from '../model/ids.ts';
import { ItemLog, type StoredItem } from '../store/items.ts';
import type { StoredThread } from '../store/threads.ts';
import { grow, threadId, type Soil } from './builders/buildThread.ts';
import { assistant, call, did, group, thought, user, widget, type SeedLine } from './builders/lines.ts';
import { users } from './builders/users.ts';
import { tableCard } from './widgets/migration.ts';

interface LongThread {
  readonly key: string;
  readonly title: string;
  readonly items: number;
  /** Seconds before the start at which it began, and its last item came. */
  readonly began: number;
  readonly ended: number;
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
/** Rows in thousands; the same table has the same number every time. */
const rowsOf = (round: number): number => 120 + ((round * 7919) % 9700);
const shardOf = (round: number): number => Math.floor(round / tables.length) + 1;

/** One table of a night in which a database moves house: every kind of item, a turn and a half. */
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
    did(
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

/** A thread of any length whose items are made when they are read: 100,000 of them cost no more than ten. */
export function longThread(soil: Soil, { key, title, items, began, ended }: LongThread): StoredThread {
  const createdAt = soil.startedAt - began * 1000;
  const apart = ((began - ended) * 1000) / items;
  const timeOf = (index: number): number => createdAt + Math.floor(index * apart);
  const ids = makeRunIds('cti', `${soil.seed} ${key}`, timeOf);
  return {
    id: threadId(soil, key, createdAt),
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
        return grow(body, { id: ids.idOf(index), createdAt: timeOf(index), origin: soil.origin });
      },
    }),
  };
}

import type { Widgets } from '@openai/chatkit';
import { makeIndexedIds } from '../model/ids.ts';
import { ItemLog, type StoredItem, type StoredThread } from '../model/store.ts';
import { badge, caption, card, icon, progress, row, spacer, title } from './widgets/build.ts';
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

/** The item at `at` seconds in each round; `age` is the age of the item in seconds. */
interface Beat {
  readonly at: number;
  readonly line: (round: number, age: number) => SeedLine;
}

const services = [
  'catalogue-api',
  'checkout-api',
  'search-index',
  'mailer',
  'price-rules',
  'stock-sync',
  'web-frontend',
];
const serviceOf = (round: number): string => services[round % services.length] ?? 'web-frontend';
const versionOf = (round: number): string => `v${418 + round}`;

const roundSeconds = 44;
const deploySeconds = 12;
const beats: readonly Beat[] = [
  { at: 0, line: (round) => user(0, `Next in the train: ${serviceOf(round)} ${versionOf(round)}`) },
  {
    at: 2,
    line: (round) =>
      thought(0, 'Reading the changes', `${3 + (round % 9)} commits since ${versionOf(round - 1)}, no migration`),
  },
  {
    at: 5,
    line: () =>
      group(
        0,
        ['custom', 'Ran the smoke tests', '212 passed'],
        ['custom', 'Looked at the error budget', '71 % left'],
        ['thought', null, 'Nothing speaks against it.'],
      ),
  },
  {
    at: 8,
    line: (round, age) => {
      const args = { service: serviceOf(round), version: versionOf(round), canary: 0.05 };
      return call(
        0,
        'deploy_canary',
        args,
        age >= deploySeconds ? { healthy: true, seconds: deploySeconds } : undefined,
      );
    },
  },
  {
    at: 22,
    line: (round) => customTask(0, 'Watched the canary', `${1200 + ((round * 137) % 900)} requests, no errors`),
  },
  {
    at: 26,
    line: (round) =>
      widget(0, releaseCard(serviceOf(round), versionOf(round), services.length - 1 - (round % services.length))),
  },
  {
    at: 30,
    line: (round) =>
      assistant(0, `**${serviceOf(round)} ${versionOf(round)}** is out on all clusters.`, [
        'https://deploys.example/train',
      ]),
  },
  { at: 37, line: (round) => user(0, round % 2 === 0 ? '👍' : 'Thanks, go on.') },
];

/** Time that the thread existed before the sandbox started, in seconds. */
const headStartSeconds = 24;

/**
 * A thread that continues by itself. Its content is a function of the time, so there is no timer to stop, and a sandbox
 * that is restored with the same start time continues without a gap.
 */
export function liveThread(context: SeedContext, now: () => number): StoredThread {
  const createdAt = context.startedAt - headStartSeconds * 1000;
  const beatOf = (index: number): Beat => {
    const beat = beats[index % beats.length];
    if (beat === undefined) throw new RangeError(`No beat ${index}`);
    return beat;
  };
  const roundOf = (index: number): number => Math.floor(index / beats.length);
  const timeOf = (index: number): number => createdAt + (roundOf(index) * roundSeconds + beatOf(index).at) * 1000;
  const ids = makeIndexedIds('cti', `${context.seed} live`, timeOf);
  const countAt = (time: number): number => {
    const passed = Math.max(0, (time - createdAt) / 1000);
    const round = Math.floor(passed / roundSeconds);
    return round * beats.length + beats.filter(({ at }) => at <= passed - round * roundSeconds).length;
  };
  return {
    id: threadId(context, 'live', createdAt),
    createdAt,
    user: users.operations,
    title: 'Release train (live)',
    status: { type: 'active' },
    items: new ItemLog({
      get length() {
        return countAt(now());
      },
      indexOf: (id) => ids.indexOf(id, countAt(now())),
      at: (index): StoredItem => {
        const at = timeOf(index);
        const { body } = beatOf(index).line(roundOf(index), (now() - at) / 1000);
        return toStoredItem(body, { id: ids.idOf(index), createdAt: at, origin: context.origin });
      },
    }),
  };
}

/** One stop of the release train. */
function releaseCard(service: string, version: string, waiting: number): Widgets.Card {
  return card(
    { size: 'sm', status: { text: 'Release train', icon: 'batch' } },
    row(
      {},
      icon('check-circle-filled', { color: 'success' }),
      title(service, { size: 'sm' }),
      spacer(),
      badge(version, { color: 'info' }),
    ),
    progress(1, 'green-400'),
    caption(waiting === 0 ? 'Last one of this round' : `${waiting} more to go`),
  );
}

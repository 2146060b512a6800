import { startSandbox } from '../scripts/lib/sandbox.mjs';
import { inTurn, median, type Bench } from './bench.ts';
import { BenchEditor } from './editor/editor.ts';
import { extensionFolder } from './editor/extensionFolder.ts';

const threads = 100_000;
/** Shown before *Load More* is measured. */
const shown = 5000;
const pageSize = 100;
const ways = ['ours', 'plain'] as const;
const views = { ours: 'threads', plain: 'peers' } as const;
const connection = 'bench';

/** Expands both roots once in each fresh window. */
async function expand(editor: BenchEditor, rounds: number) {
  const times = { ours: [] as number[], plain: [] as number[] };
  for (let round = 0; round < rounds; round++) {
    await editor.freshWindow();
    await editor.openViews();
    for (const way of inTurn(round, ways)) {
      times[way].push(await editor.expand(views[way], way === 'ours' ? connection : 'Plain rows'));
    }
    await editor.leave();
  }
  return times;
}

/** Loads so much that `shown` rows are there, then measures one more page after the other. */
async function more(editor: BenchEditor, rounds: number) {
  const times = { ours: [] as number[], plain: [] as number[] };
  const ref = { connectionId: connection };
  for (let loaded = pageSize; loaded < shown; loaded += pageSize) {
    await editor.host.command('chatkit.loadMore', ref);
    await editor.host.command('chatkitBench.more');
  }
  for (let round = 0; round < rounds; round++) {
    for (const way of inTurn(round, ways)) {
      times[way].push(await editor.loadMore(views[way]));
    }
  }
  return times;
}

export const benches: readonly Bench[] = [
  {
    names: ['tree-100k', 'tree-100k-more'],
    run: async ({ rounds = 15 }) => {
      const sandbox = await startSandbox(['--threads', String(threads)]);
      const editor = await BenchEditor.start({
        extension: extensionFolder(),
        connections: { [connection]: sandbox.access, second: sandbox.access },
        files: {},
      });
      try {
        await editor.openViews();
        await editor.leave();
        const expanding = await expand(editor, rounds);
        await editor.openViews();
        const loading = await more(editor, rounds);
        const row = (times: { ours: number[]; plain: number[] }) =>
          ({
            ours: median(times.ours),
            peer: median(times.plain),
            peerName: 'a bare provider with as many plain rows',
            limit: null,
            limitName: null,
            unit: 'ms',
            rounds,
          }) as const;
        return [row(expanding), row(loading)];
      } finally {
        await editor.stop();
        await sandbox.stop();
      }
    },
  },
];

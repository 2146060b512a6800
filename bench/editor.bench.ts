import { inTurn, median, type Bench, type Measurement } from './bench.ts';
import { BenchEditor } from './editor/editor.ts';
import { longest, startThreads, titleOf, transcriptOf } from './editor/threads.ts';
import { extensionFolder } from './editor/extensionFolder.ts';

const read = 2000;
const short = 100;
const ids = { ours: 'chatkit-inspector.chatkit-inspector', empty: 'chatkit-bench.empty' };

/** Everything that is measured once in each fresh window. */
async function measure(rounds: number): Promise<readonly Measurement[]> {
  const threads = await startThreads([short, read]);
  const transcript = await transcriptOf(threads, titleOf(read));
  const editor = await BenchEditor.start({
    extension: extensionFolder(),
    connections: { bench: threads.access },
    files: { 'transcript.md': transcript },
  });
  const times = {
    activation: { ours: [] as number[], empty: [] as number[] },
    open: { ours: [] as number[], markdown: [] as number[], empty: [] as number[] },
    growth: { long: [] as number[], short: [] as number[] },
  };
  const openThread = (items: number) => {
    const title = threads.titles.get(items) ?? '';
    return editor.clickToPaint(editor.row('threads', title), 'thread', title);
  };
  try {
    await editor.openViews();
    await editor.leave();
    for (let round = 0; round < rounds; round++) {
      await editor.freshWindow();
      for (const who of inTurn(round, ['ours', 'empty'] as const)) {
        const ms = await editor.host.run<number | null>('activate', ids[who]);
        if (ms !== null) times.activation[who].push(ms);
      }
      await editor.openViews();
      await editor.row('threads', titleOf(read)).waitFor();
      for (const what of inTurn(round, ['ours', 'empty'] as const)) {
        const ms =
          what === 'ours'
            ? await openThread(read)
            : await editor.clickToPaint(editor.row('peers', 'Empty panel'), 'empty');
        times.open[what].push(ms);
        await editor.closeEditors();
      }
      for (const [length, items] of inTurn(round, [
        ['long', longest],
        ['short', short],
      ] as const)) {
        times.growth[length].push(await openThread(items));
        await editor.closeEditors();
      }
      await editor.leave();

      await editor.freshWindow();
      await editor.openViews();
      times.open.markdown.push(await editor.clickToPaint(editor.row('peers', 'Markdown preview'), 'markdown'));
      await editor.closeEditors();
      await editor.leave();
    }
  } finally {
    await editor.stop();
    await threads.stop();
  }
  const { activation, open, growth } = times;
  return [
    {
      ours: median(activation.ours),
      peer: null,
      peerName: null,
      limit: median(activation.empty),
      limitName: 'an empty extension',
      unit: 'ms',
      rounds: activation.ours.length,
      note: `${(median(activation.ours) - median(activation.empty)).toFixed(1)} ms over it`,
    },
    {
      ours: median(open.ours),
      peer: median(open.markdown),
      peerName: 'Markdown preview of its transcript',
      limit: median(open.empty),
      limitName: 'an empty webview panel',
      unit: 'ms',
      rounds,
    },
    {
      ours: median(growth.long),
      peer: median(growth.short),
      peerName: '100 items',
      limit: null,
      limitName: null,
      unit: 'ms',
      rounds,
    },
  ];
}

export const benches: readonly Bench[] = [
  { names: ['activate', 'open-2k', 'open-growth'], run: ({ rounds = 15 }) => measure(rounds) },
];

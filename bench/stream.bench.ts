import type { Json } from '../src/domain/json.ts';
import { emptyStream, reduceStream } from '../src/domain/stream/reduce.ts';
import { toStreamEvent } from '../src/domain/wire/server/event.ts';
import { alone, cpuMs, inTurn, median, type Bench } from './bench.ts';
import { beginning, deltaLines } from './tasks/deltas.ts';

const deltas = 100_000;

function applyAll(lines: readonly string[]): void {
  let state = reduceStream(emptyStream, toStreamEvent(beginning, 'thr_bench'));
  for (const line of lines) state = reduceStream(state, toStreamEvent(JSON.parse(line) as Json, 'thr_bench'));
  const [item] = state.items;
  if (item?.kind !== 'assistant_message' || (item.parts[0]?.text.length ?? 0) < deltas) {
    throw new Error('The deltas did not arrive');
  }
}

function parseAll(lines: readonly string[]): void {
  let count = 0;
  for (const line of lines) if (JSON.parse(line) !== null) count += 1;
  if (count !== lines.length) throw new Error('Lines were lost');
}

export const benches: readonly Bench[] = [
  {
    names: ['stream-cpu'],
    run: async ({ rounds = 15 }) => {
      const lines = deltaLines(deltas);
      const tasks = [
        { times: [] as number[], run: () => applyAll(lines) },
        { times: [] as number[], run: () => parseAll(lines) },
      ] as const;
      // Warm: the first three rounds do not count.
      for (let round = -3; round < rounds; round++) {
        for (const { times, run } of inTurn(Math.abs(round), tasks)) {
          globalThis.gc?.();
          const ms = cpuMs(run);
          if (round >= 0) times.push(ms);
        }
      }
      const [ours, parsing] = tasks;
      return [
        {
          ...alone,
          peer: median(parsing.times),
          peerName: 'JSON.parse of the same lines',
          ours: median(ours.times),
          unit: 'ms',
          rounds,
        },
      ];
    },
  },
];

/** What a benchmark measured; smaller is better. */
export interface Measurement {
  /** The same task, done by a peer; null where there is none. */
  readonly peer: number | null;
  readonly peerName: string | null;
  /** The fastest that could be: a bare loop, the raw transfer; null where there is none. */
  readonly limit: number | null;
  readonly limitName: string | null;
  readonly ours: number;
  readonly unit: 'ms' | 'bytes' | 'MB' | 'requests';
}

/** What a file `bench/*.bench.ts` exports as `benches`. */
export interface Bench {
  readonly name: string;
  readonly run: () => Measurement | Promise<Measurement>;
}

/** One line of `npm run bench -- --json`. */
export interface BenchRow extends Measurement {
  readonly name: string;
  /** ours / peer */
  readonly ratio: number | null;
  /** ours / limit */
  readonly limitRatio: number | null;
}

export function toRow(name: string, measurement: Measurement): BenchRow {
  const { ours, peer, peerName, limit, limitName, unit } = measurement;
  const ratio = (other: number | null) => (other === null || other === 0 ? null : ours / other);
  return { name, ours, peer, peerName, limit, limitName, unit, ratio: ratio(peer), limitRatio: ratio(limit) };
}

/**
 * Median times in ms of tasks that take turns, so that a noisy moment of the machine meets all of them. Each runs
 * once before, to warm up.
 */
export async function mediansMs<K extends string>(
  runs: number,
  tasks: Record<K, () => unknown>,
): Promise<Record<K, number>> {
  const names = Object.keys(tasks) as K[];
  const times = new Map<K, number[]>(names.map((name) => [name, []]));
  for (const name of names) await tasks[name]();
  for (let run = 0; run < runs; run++) {
    for (const name of names) {
      const start = performance.now();
      await tasks[name]();
      times.get(name)?.push(performance.now() - start);
    }
  }
  return Object.fromEntries(names.map((name) => [name, median(times.get(name) ?? [])])) as Record<K, number>;
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted[Math.floor(sorted.length / 2)];
  if (middle === undefined) throw new Error('Nothing was measured');
  return middle;
}

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
  /** How many rounds the figure is made of. */
  readonly rounds?: number;
  /** What else was seen on the way, in words. */
  readonly note?: string;
}

/** What the command line asks for. */
export interface BenchOptions {
  /** Fewer rounds than the benchmark would take by itself: for a quick look. Undefined: as many as it takes. */
  readonly rounds: number | undefined;
  /** Whether a benchmark was asked for: where several are measured in one go, the others may be left out. */
  readonly wanted: (name: string) => boolean;
}

/** What a file `bench/*.bench.ts` exports as `benches`. */
export interface Bench {
  /** One benchmark, or several that are measured in one go. */
  readonly names: readonly string[];
  /** Returns the measurements in the order of the names; measurements that were not requested are ignored. */
  readonly run: (options: BenchOptions) => Promise<readonly Measurement[]>;
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
  const { ours, peer, peerName, limit, limitName, unit, ...more } = measurement;
  const ratio = (other: number | null) => (other === null || other === 0 ? null : ours / other);
  return { name, ours, peer, peerName, limit, limitName, unit, ratio: ratio(peer), limitRatio: ratio(limit), ...more };
}

/** How a file shows that it has no peer or limit. */
export const alone = { peer: null, peerName: null, limit: null, limitName: null } as const;

export function median(values: readonly number[]): number {
  return quantile(values, 0.5);
}

/** The value that `share` (0..1) of all values do not exceed. Throws where there are none. */
export function quantile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  const value = sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))];
  if (value === undefined) throw new Error('Nothing was measured');
  return value;
}

/** CPU time that a task takes in this process, ms. */
export function cpuMs(task: () => unknown): number {
  const before = process.cpuUsage();
  task();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000;
}

/** The first task changes from round to round, so that leftovers of a task affect each of them equally often. */
export function inTurn<T>(round: number, tasks: readonly T[]): readonly T[] {
  const start = round % tasks.length;
  return [...tasks.slice(start), ...tasks.slice(0, start)];
}

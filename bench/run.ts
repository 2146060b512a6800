// Runs every `*.bench.ts` beside this file: `npm run bench -- [--json] [--rounds N] [parts of names]`
import { readdir } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { toRow, type Bench, type BenchRow } from './bench.ts';

const { values, positionals } = parseArgs({
  options: { json: { type: 'boolean', default: false }, rounds: { type: 'string' } },
  allowPositionals: true,
});
const rounds = values.rounds === undefined ? undefined : Math.max(1, Math.floor(Number(values.rounds)) || 1);

const format = (value: number | null): string =>
  value === null ? '–' : value.toLocaleString('en', { maximumSignificantDigits: 3 });

function sentence(row: BenchRow): string {
  const { name, ours, peer, peerName, limit, limitName, unit, ratio, limitRatio } = row;
  const against = (other: number | null, label: string | null, times: number | null) =>
    other === null ? '' : `   ${label ?? 'peer'} ${format(other)} ${unit} (${format(times)} ×)`;
  const more = [row.rounds === undefined ? [] : `${row.rounds} rounds`, row.note ?? []].flat();
  const line = `${name.padEnd(16)} ${format(ours)} ${unit}${against(peer, peerName, ratio)}${against(limit, limitName, limitRatio)}`;
  return more.length === 0 ? line : `${line}   [${more.join('; ')}]`;
}

// Whatever was started ends with this process, also where it is stopped.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => process.exit(130));

const wanted = (name: string) => positionals.length === 0 || positionals.some((part) => name.includes(part));
const files = (await readdir(import.meta.dirname)).filter((file) => file.endsWith('.bench.ts')).sort();
for (const file of files) {
  const { benches } = (await import(`./${file}`)) as { readonly benches: readonly Bench[] };
  for (const { names, run } of benches.filter((bench) => bench.names.some(wanted))) {
    try {
      const measured = await run({ rounds, wanted });
      for (const [index, name] of names.entries()) {
        const measurement = measured[index];
        if (measurement === undefined || !wanted(name)) continue;
        const row = toRow(name, measurement);
        process.stdout.write(`${values.json ? JSON.stringify(row) : sentence(row)}\n`);
      }
    } catch (error) {
      // It measures and judges nothing: if something cannot be measured, the error is reported and the rest continues.
      process.stderr.write(`${names.join(', ')}: not measured. ${error instanceof Error ? error.stack : error}\n`);
    }
  }
}
// Whatever a benchmark started has been stopped; a browser's pipe may linger.
process.exit(0);

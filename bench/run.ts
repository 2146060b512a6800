// Runs every `*.bench.ts` beside this file: `npm run bench -- [--json] [part of a name]`
import { readdir } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { toRow, type Bench, type BenchRow } from './bench.ts';

const { values, positionals } = parseArgs({
  options: { json: { type: 'boolean', default: false } },
  allowPositionals: true,
});

const format = (value: number | null): string =>
  value === null ? '–' : value.toLocaleString('en', { maximumSignificantDigits: 3 });

function sentence({ name, ours, peer, peerName, limit, limitName, unit, ratio, limitRatio }: BenchRow): string {
  const against = (other: number | null, label: string | null, times: number | null) =>
    other === null ? '' : `   ${label ?? 'peer'} ${format(other)} ${unit} (${format(times)} ×)`;
  return `${name.padEnd(44)} ${format(ours)} ${unit}${against(peer, peerName, ratio)}${against(limit, limitName, limitRatio)}`;
}

const files = (await readdir(import.meta.dirname)).filter((file) => file.endsWith('.bench.ts')).sort();
for (const file of files) {
  const { benches } = (await import(`./${file}`)) as { readonly benches: readonly Bench[] };
  for (const { name, run } of benches.filter((bench) => bench.name.includes(positionals.join(' ')))) {
    const row = toRow(name, await run());
    process.stdout.write(`${values.json ? JSON.stringify(row) : sentence(row)}\n`);
  }
}

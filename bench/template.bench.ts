import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { root } from '../scripts/lib/paths.mjs';
import type { JsonObject } from '../src/base/common/json.ts';
import { starters } from '../src/widgets/common/authoring/starters.ts';
import { parseTemplate, renderTemplate } from '../src/widgets/common/jinja/template.ts';
import { pythonData } from '../src/widgets/common/templates/pythonData.ts';
import { parseWidgetFile } from '../src/widgets/common/templates/widgetFile.ts';
import { inTurn, median, type Bench } from './bench.ts';

/** The part of `minijinja-js` that is used: Jinja in WebAssembly. */
interface MiniJinja {
  readonly Environment: new () => { renderStr(source: string, data: JsonObject): string };
}

const renders = 1_000;
const ways = ['ours', 'minijinja'] as const;

interface Sample {
  readonly name: string;
  readonly template: string;
  readonly data: JsonObject;
}

/** Twelve files: the starting points of new widgets, and two as the designer writes them. */
async function samples(): Promise<readonly Sample[]> {
  const written = ['samples/order.widget', 'test/unit/widgets/templates/fixtures/parcel.widget'].map(async (name) => {
    const read = parseWidgetFile(await readFile(join(root, name), 'utf8'));
    if (!read.ok) throw new Error(`${name}: ${read.message}`);
    return { name, template: read.file.template, data: read.file.studio?.defaultState ?? {} };
  });
  const starting = starters().map(({ fileName, template, data }) => ({ name: fileName, template, data }));
  return [...starting, ...(await Promise.all(written))];
}

function ours({ template, data }: Sample): string {
  return renderTemplate(parseTemplate(template), pythonData(data), { trace: true }).text;
}

export const benches: readonly Bench[] = [
  {
    names: ['template-run'],
    run: async ({ rounds = 9 }) => {
      const { Environment } = createRequire(import.meta.url)('minijinja-js') as MiniJinja;
      const environment = new Environment();
      const theirs = ({ template, data }: Sample) => environment.renderStr(template, data);
      const files = await samples();
      // A file that the peer cannot render, or renders differently, would not be the same work.
      const differing = files.filter((file) => {
        try {
          return JSON.stringify(JSON.parse(ours(file))) !== JSON.stringify(JSON.parse(theirs(file)));
        } catch {
          return true;
        }
      });
      const common = files.filter((file) => !differing.includes(file));
      const times = { ours: [] as number[], minijinja: [] as number[] };
      for (let round = -2; round < rounds; round += 1) {
        for (const way of inTurn(Math.max(0, round), ways)) {
          const render = way === 'ours' ? ours : theirs;
          const start = process.cpuUsage();
          for (let index = 0; index < renders; index += 1) {
            const file = common[index % common.length];
            if (file !== undefined) render(file);
          }
          const { user, system } = process.cpuUsage(start);
          if (round >= 0) times[way].push((user + system) / 1_000);
        }
      }
      const note =
        differing.length === 0
          ? `${files.length} files`
          : `${common.length} files; not rendered as Python does by the peer: ${differing.map(({ name }) => name).join(', ')}`;
      return [
        {
          peer: median(times.minijinja),
          peerName: 'minijinja-js',
          limit: null,
          limitName: null,
          ours: median(times.ours),
          unit: 'ms',
          rounds,
          note,
        },
      ];
    },
  },
];

// The benchmarks, side by side with their peers: `npm run bench -- [--json] [part of a name]`
import { join } from 'node:path';
import { main } from './lib/main.mjs';
import { ensureNode } from './lib/node.mjs';
import { ensurePackages } from './lib/packages.mjs';
import { root } from './lib/paths.mjs';
import { run } from './lib/run.mjs';

await main(async () => {
  await ensurePackages();
  const node = await ensureNode(24);
  const { code } = await run(node, ['--expose-gc', join(root, 'bench', 'run.ts'), ...process.argv.slice(2)], {
    show: true,
  });
  return code;
});

// The benchmarks, side by side with their peers: `npm run bench -- [--json] [--rounds N] [parts of names]`
import { join } from 'node:path';
import { main } from './lib/main.mjs';
import { ensureNode } from './lib/node.mjs';
import { ensurePackages } from './lib/packages.mjs';
import { root } from './lib/paths.mjs';
import { run } from './lib/run.mjs';
import { stageExtension } from './lib/stage.mjs';

await main(async () => {
  await ensurePackages();
  const node = await ensureNode(24);
  // What users get is measured, not what a developer has built last. Nothing but results goes to standard output.
  const staged = await stageExtension({ production: true, quiet: true });
  const { code } = await run(node, ['--expose-gc', join(root, 'bench', 'run.ts'), ...process.argv.slice(2)], {
    env: { CHATKIT_DIST: staged.dist, CHATKIT_BENCH_EXTENSION: staged.path },
    show: true,
  });
  await staged.remove();
  return code;
});

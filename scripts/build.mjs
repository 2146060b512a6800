// The bundles in dist: `npm run build -- [--production] [--tests]`, or `npm run watch`.
import { main } from './lib/main.mjs';
import { ensurePackages } from './lib/packages.mjs';
import { say } from './lib/run.mjs';

await main(async () => {
  await ensurePackages();
  say('Building');
  await import('../esbuild.mjs');
  if (process.argv.includes('--watch')) say('Watching');
});

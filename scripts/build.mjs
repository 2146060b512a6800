// The bundles in dist: `npm run build -- [--production] [--tests]`, or `npm run watch`.
import { ensurePackages } from './lib/packages.mjs';
import { say } from './lib/run.mjs';

await ensurePackages();
say('Building');
await import('../esbuild.mjs');
if (process.argv.includes('--watch')) say('Watching');

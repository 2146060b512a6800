// The bundles in dist: `npm run build -- [--production] [--tests]`, or `npm run watch`.
import { ensurePackages } from './lib/packages.mjs';

await ensurePackages();
await import('../esbuild.mjs');

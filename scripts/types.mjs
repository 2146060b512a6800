// The types of every project: `npm run types`
import { ensurePackages } from './lib/packages.mjs';
import { report } from './lib/results.mjs';
import { checkTypes } from './lib/types.mjs';

await ensurePackages();
process.exitCode = report(await checkTypes());

// The lint rules and the formatting: `npm run lint`
import { lint } from './lib/lint.mjs';
import { ensurePackages } from './lib/packages.mjs';
import { report } from './lib/results.mjs';

await ensurePackages();
process.exitCode = report(await lint());

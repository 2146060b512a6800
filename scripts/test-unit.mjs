// The unit tests: `npm run test:unit -- [part of a file's path]`
import { readFlags } from './lib/flags.mjs';
import { ensurePackages } from './lib/packages.mjs';
import { report } from './lib/results.mjs';
import { runUnitTests } from './lib/unit.mjs';

const { positionals } = readFlags({});
await ensurePackages();
process.exitCode = report(await runUnitTests(positionals.join(' ')));

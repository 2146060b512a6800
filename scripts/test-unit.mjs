// The unit tests: `npm run test:unit -- [part of a file's path]`
import { readFlags } from './lib/flags.mjs';
import { main } from './lib/main.mjs';
import { ensurePackages } from './lib/packages.mjs';
import { report } from './lib/results.mjs';
import { runUnitTests } from './lib/unit.mjs';

await main(async () => {
  const { positionals } = readFlags({});
  await ensurePackages();
  return report(await runUnitTests(positionals.join(' ')));
});

// The types of every project: `npm run types`
import { main } from './lib/main.mjs';
import { ensurePackages } from './lib/packages.mjs';
import { report } from './lib/results.mjs';
import { checkTypes } from './lib/types.mjs';

await main(async () => {
  await ensurePackages();
  return report(await checkTypes());
});

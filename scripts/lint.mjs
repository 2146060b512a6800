// The lint rules and the formatting: `npm run lint`
import { lint } from './lib/lint.mjs';
import { main } from './lib/main.mjs';
import { ensurePackages } from './lib/packages.mjs';
import { report } from './lib/results.mjs';

await main(async () => {
  await ensurePackages();
  return report(await lint());
});

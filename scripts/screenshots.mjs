// The pictures of the README, in media/screenshots: `npm run screenshots`
import { main } from './lib/main.mjs';
import { ensurePackages } from './lib/packages.mjs';
import { runPlaywright } from './lib/playwright.mjs';
import { report } from './lib/results.mjs';
import { stagePackage } from './lib/vsix.mjs';

await main(async () => {
  await ensurePackages();
  const staged = await stagePackage();
  const results = await runPlaywright('screenshots', { ...staged, args: process.argv.slice(2) });
  await staged.remove();
  return report(results);
});

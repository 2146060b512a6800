// The packaged extension in a real VS Code: `npm run test:e2e -- [part of a path] [flags of playwright test]`
import { main } from './lib/main.mjs';
import { ensurePackages } from './lib/packages.mjs';
import { runPlaywright } from './lib/playwright.mjs';
import { report } from './lib/results.mjs';
import { stagePackage } from './lib/vsix.mjs';

await main(async () => {
  await ensurePackages();
  const staged = await stagePackage();
  const results = await runPlaywright('e2e', { ...staged, args: process.argv.slice(2) });
  await staged.remove();
  return report(results);
});

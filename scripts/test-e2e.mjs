// The packaged extension in a real VS Code: `npm run test:e2e -- [part of a path] [flags of playwright test]`
import { join } from 'node:path';
import { main } from './lib/main.mjs';
import { ensurePackages } from './lib/packages.mjs';
import { runPlaywright } from './lib/playwright.mjs';
import { report } from './lib/results.mjs';
import { stageExtension } from './lib/stage.mjs';
import { makeVsix } from './lib/vsix.mjs';

await main(async () => {
  await ensurePackages();
  const stage = await stageExtension({ production: true });
  const vsix = join(stage.path, 'extension.vsix');
  await makeVsix(stage, vsix);
  const results = await runPlaywright('e2e', { dist: stage.dist, vsix, args: process.argv.slice(2) });
  await stage.remove();
  return report(results);
});

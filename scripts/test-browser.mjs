// Our webview bundles in a plain Chromium: `npm run test:browser -- [part of a path] [flags of playwright test]`
import { main } from './lib/main.mjs';
import { ensurePackages } from './lib/packages.mjs';
import { runPlaywright } from './lib/playwright.mjs';
import { report } from './lib/results.mjs';
import { stageExtension } from './lib/stage.mjs';

await main(async () => {
  await ensurePackages();
  const stage = await stageExtension();
  const results = await runPlaywright('browser', { dist: stage.dist, args: process.argv.slice(2) });
  await stage.remove();
  return report(results);
});

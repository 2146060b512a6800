// Our webview bundles in a plain Chromium: `npm run test:browser -- [part of a path] [flags of playwright test]`
import { build } from './lib/build.mjs';
import { main } from './lib/main.mjs';
import { ensurePackages } from './lib/packages.mjs';
import { runPlaywright } from './lib/playwright.mjs';
import { report } from './lib/results.mjs';

await main(async () => {
  await ensurePackages();
  await build();
  return report(await runPlaywright('browser', { args: process.argv.slice(2) }));
});

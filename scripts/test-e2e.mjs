// The packaged extension in a real VS Code: `npm run test:e2e -- [part of a path] [flags of playwright test]`
import { main } from './lib/main.mjs';
import { ensurePackages } from './lib/packages.mjs';
import { runPlaywright } from './lib/playwright.mjs';
import { report } from './lib/results.mjs';
import { makeVsix } from './lib/vsix.mjs';

await main(async () => {
  await ensurePackages();
  const vsix = await makeVsix();
  return report(await runPlaywright('e2e', { args: process.argv.slice(2), env: { CHATKIT_VSIX: vsix } }));
});

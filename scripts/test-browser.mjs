// Our webview bundles in a plain Chromium: `npm run test:browser -- [part of a path] [flags of playwright test]`
import { build } from './lib/build.mjs';
import { ensurePackages } from './lib/packages.mjs';
import { runPlaywright } from './lib/playwright.mjs';
import { report } from './lib/results.mjs';

await ensurePackages();
await build();
process.exitCode = report(await runPlaywright('browser', { args: process.argv.slice(2) }));

// Everything: `npm test`. The last line is `N passed, N failed, N skipped` over all of it; logs in .vscode-test/logs.
import { rm } from 'node:fs/promises';
import { editorNames, ensureEditor } from './lib/editors.mjs';
import { ensureChromium } from './lib/chromium.mjs';
import { runHostSuite } from './lib/hostSuite.mjs';
import { lint } from './lib/lint.mjs';
import { main } from './lib/main.mjs';
import { checkPackage } from './lib/packageCheck.mjs';
import { ensurePackages } from './lib/packages.mjs';
import { logs } from './lib/paths.mjs';
import { runPlaywright } from './lib/playwright.mjs';
import { report } from './lib/results.mjs';
import { runStages } from './lib/stages.mjs';
import { checkTypes } from './lib/types.mjs';
import { runUnitTests } from './lib/unit.mjs';
import { makeVsix, vsixPath } from './lib/vsix.mjs';

await main(async () => {
  await rm(logs, { recursive: true, force: true });
  await ensurePackages();
  for (const name of editorNames) await ensureEditor(name);
  await ensureChromium();

  const stages = [
    { name: 'Types', run: checkTypes },
    { name: 'Lint', run: lint },
    { name: 'Unit', run: () => runUnitTests() },
    // From here on everything looks at the same production build.
    { name: 'Package', run: async () => checkPackage(await makeVsix('--tests')) },
    ...editorNames.map((name) => ({ name: `In-host suite, ${name} VS Code`, run: () => runHostSuite(name) })),
    { name: 'Browser', run: () => runPlaywright('browser') },
    { name: 'End to end', run: async () => runPlaywright('e2e', { env: { CHATKIT_VSIX: await vsixPath() } }) },
  ];
  return report(await runStages(stages));
});

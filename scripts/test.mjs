// Everything: `npm test`. The last line is `N passed, N failed, N skipped` over all of it; logs in .vscode-test/logs.
import { editorNames, ensureEditor } from './lib/editors.mjs';
import { ensureChromium } from './lib/chromium.mjs';
import { runHostSuite } from './lib/hostSuite.mjs';
import { lint } from './lib/lint.mjs';
import { main } from './lib/main.mjs';
import { checkPackage } from './lib/packageCheck.mjs';
import { ensurePackages } from './lib/packages.mjs';
import { runPlaywright } from './lib/playwright.mjs';
import { report } from './lib/results.mjs';
import { runStages } from './lib/stages.mjs';
import { checkTypes } from './lib/types.mjs';
import { runUnitTests } from './lib/unit.mjs';
import { stagePackage } from './lib/vsix.mjs';

await main(async () => {
  await ensurePackages();
  await Promise.all([...editorNames.map(ensureEditor), ensureChromium()]);

  /** What everything from the package on looks at: one production build. @type {import('./lib/vsix.mjs').StagedPackage | undefined} */
  let staged;
  const built = () => {
    if (!staged) throw new Error('It was not built.');
    return staged;
  };
  const results = await runStages([
    { name: 'Types', run: checkTypes },
    { name: 'Lint', run: lint },
    { name: 'Unit', run: () => runUnitTests() },
    {
      name: 'Package',
      run: async () => {
        staged = await stagePackage({ tests: true });
        return checkPackage(staged);
      },
    },
    // A little quicker than one after the other.
    editorNames.map((name) => ({
      name: `In-host suite, ${name} VS Code`,
      run: () => runHostSuite(name, built().path),
    })),
    { name: 'Browser', run: () => runPlaywright('browser', built()) },
    { name: 'End to end', run: () => runPlaywright('e2e', built()) },
  ]);
  await staged?.remove();
  return report(results);
});

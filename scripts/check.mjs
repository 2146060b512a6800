// What needs no editor: types, lint and unit tests: `npm run check`
import { lint } from './lib/lint.mjs';
import { main } from './lib/main.mjs';
import { ensurePackages } from './lib/packages.mjs';
import { report } from './lib/results.mjs';
import { runStages } from './lib/stages.mjs';
import { checkTypes } from './lib/types.mjs';
import { runUnitTests } from './lib/unit.mjs';

await main(async () => {
  await ensurePackages();
  const stages = [
    { name: 'Types', run: checkTypes },
    { name: 'Lint', run: lint },
    { name: 'Unit', run: () => runUnitTests() },
  ];
  return report(await runStages(stages));
});

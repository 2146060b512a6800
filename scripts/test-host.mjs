// The in-host suite in a real VS Code: `npm run test:host -- [--vscode latest|oldest] [part of a case's name]`
import { editorNames } from './lib/editors.mjs';
import { readChoice, readFlags } from './lib/flags.mjs';
import { runHostSuite } from './lib/hostSuite.mjs';
import { main } from './lib/main.mjs';
import { ensurePackages } from './lib/packages.mjs';
import { report } from './lib/results.mjs';
import { stageExtension } from './lib/stage.mjs';
import { runStages } from './lib/stages.mjs';

await main(async () => {
  const { values, positionals } = readFlags({ vscode: { type: 'string' } });
  const names = values.vscode ? [readChoice('vscode', values.vscode, editorNames)] : editorNames;
  await ensurePackages();
  const extension = await stageExtension({ tests: true });
  const stages = names.map((name) => ({
    name: `In-host suite, ${name} VS Code`,
    run: () => runHostSuite(name, extension.path, positionals.join(' ')),
  }));
  const results = await runStages([stages]);
  await extension.remove();
  return report(results);
});

// The in-host suite in a real VS Code: `npm run test:host -- [--vscode latest|oldest] [part of a case's name]`
import { build } from './lib/build.mjs';
import { editorNames } from './lib/editors.mjs';
import { readFlags } from './lib/flags.mjs';
import { runHostSuite } from './lib/hostSuite.mjs';
import { ensurePackages } from './lib/packages.mjs';
import { report, sum } from './lib/results.mjs';
import { say } from './lib/run.mjs';

const { values, positionals } = readFlags({ vscode: { type: 'string' } });
await ensurePackages();
await build('--tests');
const all = [];
for (const name of editorNames.filter((editor) => !values.vscode || values.vscode === editor)) {
  say(`In-host suite in the ${name} VS Code`);
  all.push(await runHostSuite(name, positionals.join(' ')));
}
process.exitCode = report(sum(all));

// The in-host suite in a desktop VS Code: `npm run test:desktop -- [part of a case's name]`
// Uses the program VSCODE_EXECUTABLE_PATH names, or downloads one.
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { profileOf } from './lib/codeServer.mjs';
import { desktopVersion } from './lib/editors.mjs';
import { readFlags } from './lib/flags.mjs';
import { hostScript, withHostEnvironment } from './lib/hostSuite.mjs';
import { stageExtension } from './lib/stage.mjs';
import { temporaryFolder } from './lib/temporary.mjs';
import { main } from './lib/main.mjs';
import { ensurePackages } from './lib/packages.mjs';
import { cache } from './lib/paths.mjs';
import { say } from './lib/run.mjs';

await main(async () => {
  const { positionals } = readFlags({});
  await ensurePackages();
  const extension = await stageExtension({ tests: true });

  const { runTests } = await import('@vscode/test-electron');
  const vscodeExecutablePath = process.env['VSCODE_EXECUTABLE_PATH'];
  const home = await temporaryFolder('desktop');
  const { userDataDir, extensionsDir } = profileOf(home.path);
  const folder = join(home.path, 'workspace');
  await mkdir(folder);
  say(`In-host suite in ${vscodeExecutablePath ?? `the desktop VS Code ${desktopVersion}`}`);
  try {
    return await withHostEnvironment(positionals.join(' '), (extensionTestsEnv) =>
      runTests({
        ...(vscodeExecutablePath
          ? { vscodeExecutablePath }
          : { version: desktopVersion, cachePath: join(cache, 'desktop') }),
        extensionDevelopmentPath: extension.path,
        extensionTestsPath: hostScript(extension.path),
        extensionTestsEnv,
        launchArgs: [folder, '--user-data-dir', userDataDir, '--extensions-dir', extensionsDir],
      }),
    );
  } finally {
    await Promise.all([home.remove(), extension.remove()]);
  }
});

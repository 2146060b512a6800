// The main job, one command: a real VS Code with the extension and a local ChatKit API, ready to use.
//   npm start -- [--port N] [--no-open] [--desktop] [--vscode oldest|latest] [--folder DIR]
import { cp } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { build } from './lib/build.mjs';
import { editorNames } from './lib/editors.mjs';
import { readChoice, readFlags, readPort } from './lib/flags.mjs';
import { main } from './lib/main.mjs';
import { ensurePackages } from './lib/packages.mjs';
import { cache, dist, root } from './lib/paths.mjs';
import { say } from './lib/run.mjs';
import { startSandbox } from './lib/sandbox.mjs';
import { startBrowserEditor, startDesktopEditor } from './lib/startEditor.mjs';

const running = /** @type {{ stop: () => Promise<void> }[]} */ ([]);
let stopping = false;

/** @param {number} code */
async function stop(code) {
  if (stopping) return;
  stopping = true;
  say('Stopping');
  await Promise.all(running.map((service) => service.stop()));
  process.exit(code);
}

/** Things to try, in a folder of their own: what is changed there is no change of the repository, and is kept. */
async function copySamples() {
  const folder = join(cache, 'start', 'workspace');
  await cp(join(root, 'samples'), folder, { recursive: true, force: false });
  return folder;
}

await main(
  async () => {
    const { values } = readFlags({
      port: { type: 'string', default: '8321' },
      open: { type: 'boolean', default: true },
      desktop: { type: 'boolean', default: false },
      vscode: { type: 'string', default: 'latest' },
      folder: { type: 'string' },
    });
    const port = readPort(values.port);
    const name = readChoice('vscode', values.vscode, editorNames);
    await ensurePackages();
    await build({ out: dist });
    const folder = values.folder ? resolve(values.folder) : await copySamples();

    say('Starting the local ChatKit API (sandbox)');
    const sandbox = await startSandbox();
    running.push(sandbox);
    const options = { folder, sandbox: sandbox.access, port, open: values.open };
    const editor = values.desktop ? await startDesktopEditor(options) : await startBrowserEditor(name, options);
    running.push(editor);
    await Promise.race([editor.ended, sandbox.ended]);
    await stop(values.desktop ? 0 : 1);
  },
  () => void stop(0),
);

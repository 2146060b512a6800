import assert from 'node:assert/strict';
import { basename } from 'node:path';
import * as vscode from 'vscode';
import { extensionId } from '../../src/chatkit/vscode/ids.ts';
import type { HostSuite } from '../support/hostSuite.ts';

declare const require: { readonly cache: Readonly<Record<string, unknown>> };

/** Files of the extension that this host has loaded. */
function loadedBundles(extension: vscode.Extension<unknown>): readonly string[] {
  const dist = vscode.Uri.joinPath(extension.extensionUri, 'dist').fsPath;
  return Object.keys(require.cache)
    .filter((path) => path.startsWith(dist))
    .map((path) => basename(path))
    .filter((name) => name !== 'host.cjs');
}

function installed(): vscode.Extension<unknown> {
  const extension = vscode.extensions.getExtension(extensionId);
  assert.ok(extension, 'not installed');
  return extension;
}

export const suite: HostSuite = {
  name: 'activation',
  cases: {
    'activates, and loads neither the transport nor the sandbox': async () => {
      const extension = installed();
      await extension.activate();
      assert.equal(extension.isActive, true);
      // The package check examines what the shared chunks of `main.cjs` contain.
      const bundles = loadedBundles(extension).filter((name) => !name.startsWith('shared-'));
      assert.deepEqual(bundles.toSorted(), ['extension.cjs', 'main.cjs']);
    },

    'every contributed command is registered': async () => {
      const { contributes } = installed().packageJSON as { contributes: { commands: { command: string }[] } };
      const registered = new Set(await vscode.commands.getCommands(true));
      const missing = contributes.commands.map(({ command }) => command).filter((id) => !registered.has(id));
      assert.deepEqual(missing, []);
    },

    'every registered command of ours is contributed': async () => {
      const { contributes } = installed().packageJSON as { contributes: { commands: { command: string }[] } };
      const contributed = new Set(contributes.commands.map(({ command }) => command));
      const registered = (await vscode.commands.getCommands(true)).filter((id) => /^chatkit\.[a-z]\w*$/i.test(id));
      const views = /^chatkit\.(threads|sessions)$/;
      const unknown = registered.filter((id) => !contributed.has(id) && !views.test(id));
      assert.deepEqual(unknown, []);
    },

    'it runs on the workspace side': () => {
      assert.equal(installed().extensionKind, vscode.ExtensionKind.Workspace);
    },
  },
};

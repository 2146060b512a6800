import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { test as base } from '@playwright/test';
import { type EditorName, ensureEditor, installVsix, noKeys, startCodeServer } from '../../../scripts/lib/editors.mjs';
import { dist, temporaryFolder } from '../../../scripts/lib/paths.mjs';
import { startSandbox, type SandboxAccess } from '../../../scripts/lib/sandbox.mjs';
import { vsixName } from '../../../scripts/lib/package.mjs';
import { Workbench } from './workbench.ts';

export interface WorkbenchOptions {
  /** User settings, before the editor starts. */
  readonly settings?: Readonly<Record<string, unknown>>;
  /** Opens the folder untrusted. */
  readonly restrictedMode?: boolean;
  /** Environment variables of the editor and therefore of the extension. */
  readonly env?: Readonly<Record<string, string>>;
  /** Text files of the open folder, by relative path. */
  readonly files?: Readonly<Record<string, string>>;
}

interface Fixtures {
  /** Set with `test.use({ workbenchOptions: { … } })`. */
  readonly workbenchOptions: WorkbenchOptions;
  /** Flags of `npm run sandbox`. */
  readonly sandboxFlags: readonly string[];
  /** A local ChatKit API for this test. */
  readonly sandbox: SandboxAccess;
  /** An open editor for this test, with its own profile and the package installed. */
  readonly workbench: Workbench;
}

interface WorkerFixtures {
  readonly editorName: EditorName;
  readonly extensionsDir: string;
}

export const test = base.extend<Fixtures, WorkerFixtures>({
  workbenchOptions: [{}, { option: true }],
  sandboxFlags: [[], { option: true }],
  editorName: ['latest', { option: true, scope: 'worker' }],

  extensionsDir: [
    async ({ editorName }, use) => {
      const [editor, home] = await Promise.all([ensureEditor(editorName), temporaryFolder('installed')]);
      const vsix = process.env['CHATKIT_VSIX'] ?? join(dist, await vsixName());
      const extensionsDir = join(home.path, 'extensions');
      await installVsix(editor, { vsix, extensionsDir, userDataDir: join(home.path, 'user-data') });
      await use(extensionsDir);
      await home.remove();
    },
    { scope: 'worker' },
  ],

  sandbox: async ({ sandboxFlags }, use) => {
    const sandbox = await startSandbox(sandboxFlags);
    await use(sandbox.access);
    await sandbox.stop();
  },

  workbench: async ({ page, extensionsDir, editorName, workbenchOptions }, use, testInfo) => {
    const { settings = {}, restrictedMode = false, env = {}, files = {} } = workbenchOptions;
    const [editor, home] = await Promise.all([ensureEditor(editorName), temporaryFolder('e2e')]);
    const folder = join(home.path, 'workspace');
    await mkdir(folder);
    for (const [name, text] of Object.entries(files)) {
      await mkdir(dirname(join(folder, name)), { recursive: true });
      await writeFile(join(folder, name), text);
    }
    const log: string[] = [];
    const onLine = (line: string) => void log.push(line);
    const server = await startCodeServer(editor, {
      home: home.path,
      extensionsDir,
      settings,
      restrictedMode,
      env: { ...noKeys, ...env },
      onLine,
    });
    const workbench = new Workbench(page, { base: server.url, folder });
    await workbench.open();
    await use(workbench);
    await page.close();
    await server.stop();
    await home.remove();
    if (testInfo.status !== testInfo.expectedStatus) {
      await testInfo.attach('editor.log', { body: log.join('\n'), contentType: 'text/plain' });
    }
    workbench.health.expectNone();
  },
});

export { expect } from '@playwright/test';

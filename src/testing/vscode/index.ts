import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import { Disposables } from '../../base/vscode/disposables.ts';
import { registerCommand } from '../../chatkit/vscode/commands.ts';
import type { ThreadRef } from '../../chatkit/common/model/thread.ts';
import type { Services } from '../../connections/vscode/services.ts';
import type { ExportEditors } from '../../inspector/vscode/exportEditor.ts';
import type { Inspector } from '../../inspector/vscode/index.ts';
import type { Targets } from '../../threads/vscode/targets.ts';
import { findTestFiles, isTestFile } from './testFiles.ts';
import type { Testing } from './testing.ts';

/** What other components use of the tests. */
interface TestingComponent extends vscode.Disposable {
  load(): Promise<Testing>;
}

/**
 * Registers conversation tests. Their implementation is loaded with the first test file of the window, so that a window
 * without one has no Testing view of ours.
 */
export function registerTesting(
  services: Services,
  targets: Targets,
  { logs, activeThread }: Pick<Inspector, 'logs' | 'activeThread'>,
  exports: Pick<ExportEditors, 'activeThread'>,
): TestingComponent {
  const { log } = services;
  const disposables = new Disposables();
  let loaded: Promise<Testing> | undefined;
  const load = (): Promise<Testing> =>
    (loaded ??= import('./testing.ts').then((module) => disposables.add(new module.Testing({ services, logs }))));
  const loadFor = ({ uri }: Pick<vscode.TextDocument, 'uri'>): void => {
    if (isTestFile(uri)) void load();
  };
  vscode.workspace.textDocuments.forEach(loadFor);
  void findTestFiles(undefined, 1).then((files) => (files.length > 0 && !disposables.isDisposed ? load() : undefined));
  disposables.push(
    vscode.workspace.onDidOpenTextDocument(loadFor),
    vscode.workspace.onDidCreateFiles(({ files }) => files.forEach((uri) => loadFor({ uri }))),
    registerCommand(log, 'chatkit.makeTest', async (row, rows) => {
      const target = await targetOf(row, rows);
      if (target !== undefined) await (await load()).makeTest(target);
    }),
    registerCommand(log, 'chatkit.runAgain', async (row, rows) => {
      const [ref] = await targets.threads(row, rows, { title: l10n.t('Run Thread Again'), many: false });
      if (ref !== undefined) await (await load()).runAgain(ref);
    }),
    registerCommand(log, 'chatkit.forkFromHere', async (row) => {
      const thread = row ?? activeThread();
      if (thread === undefined) return;
      if (row === undefined) await (await load()).forkActive(thread);
      else await (await load()).runAgain(row, row.itemId);
    }),
    registerCommand(log, 'chatkit.openTestThread', async (result) => (await load()).openThread(result)),
    registerCommand(log, 'chatkit.saveTestEventLog', async (result) => (await load()).saveEventLog(result)),
    registerCommand(log, 'chatkit.acceptSnapshot', async (result) => (await load()).acceptSnapshot(result)),
  );

  async function targetOf(
    row: ThreadRef | vscode.Uri | undefined,
    rows: readonly (ThreadRef | vscode.Uri)[] | undefined,
  ): Promise<ThreadRef | vscode.Uri | undefined> {
    if (row instanceof vscode.Uri) return row;
    const active = row ?? exports.activeThread();
    if (active !== undefined && services.connections.get(active.connectionId) === undefined) return active;
    const refs = rows?.filter((one): one is ThreadRef => !(one instanceof vscode.Uri));
    const [ref] = await targets.threads(row, refs, { title: l10n.t('Make Test'), many: false });
    return ref;
  }

  return { load, dispose: () => disposables.dispose() };
}

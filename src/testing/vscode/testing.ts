import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import { Disposables } from '../../base/vscode/disposables.ts';
import type { Services } from '../../connections/vscode/services.ts';
import type { EventLogs } from '../../eventLog/common/responseRecorder.ts';
import { TestThread } from '../node/testThread.ts';
import { formatMessage } from '../../base/vscode/messages/inertText.ts';
import { showInformation, showStatus } from '../../base/vscode/messages/notifications.ts';
import { localizeBundle } from '../../base/vscode/localize.ts';
import { runCommand } from '../../chatkit/vscode/commands.ts';
import type { ThreadRef } from '../../chatkit/common/model/thread.ts';
import { Failures, type RunOptions, TestRuns } from './testRuns.ts';
import { isTestFile } from './testFiles.ts';
import { TestTree } from './testTree.ts';
import { makeTest } from './makeTestCommand.ts';
import { pickForkItem, runAgain } from './runAgain.ts';
import { acceptSnapshots } from './fileRun.ts';

// The entry point of the bundle that is loaded with the first test file or the first command of this component.

interface TestingDependencies {
  readonly services: Services;
  readonly logs: EventLogs;
}

/** Everything of this component that is loaded on first use. */
export class Testing implements vscode.Disposable {
  readonly explorer: TestExplorer;
  readonly #parts: TestingDependencies & { readonly thread: TestThread };
  readonly #disposables = new Disposables();

  constructor(dependencies: TestingDependencies) {
    localizeBundle();
    const script = vscode.Uri.joinPath(
      dependencies.services.context.extensionUri,
      'dist',
      'evaluationWorker.cjs',
    ).fsPath;
    const thread = new TestThread({ script, translations: vscode.l10n.bundle });
    this.#parts = { ...dependencies, thread };
    const controller = vscode.tests.createTestController('chatkit', 'ChatKit');
    this.explorer = new TestExplorer(controller, this.#parts);
    this.#disposables.push(thread, controller, this.explorer);
  }

  makeTest(target: ThreadRef | vscode.Uri): Promise<void> {
    return makeTest(this.#parts, target);
  }

  runAgain(thread: ThreadRef, until?: string): Promise<void> {
    return runAgain(this.#parts, thread, until);
  }

  async forkActive(thread: ThreadRef): Promise<void> {
    const item = await pickForkItem(this.#parts.services, thread);
    if (item !== undefined) await runAgain(this.#parts, thread, item.itemId);
  }

  /** *Open Thread* on a failure. */
  async openThread(argument: unknown): Promise<void> {
    const failure = this.explorer.failures.find(argument).findLast(({ thread }) => thread !== null);
    if (failure?.thread == null) return noLonger();
    await runCommand('chatkit.openThread', failure.thread);
  }

  /** *Save Event Log…* on a failure. */
  async saveEventLog(argument: unknown): Promise<void> {
    const failure = this.explorer.failures.find(argument).findLast(({ responseId }) => responseId !== null);
    if (failure?.thread == null || failure.responseId === null) return noLonger();
    await runCommand('chatkit.saveStream', { ...failure.thread, responseId: failure.responseId });
  }

  /** *Accept Snapshot* on a failure or a test; from the palette, all snapshots of the test file in the active editor. */
  async acceptSnapshot(argument: unknown): Promise<void> {
    const { failures } = this.explorer;
    const chosen = failures.find(argument);
    const active = vscode.window.activeTextEditor?.document.uri;
    const file = chosen[0]?.file ?? (active !== undefined && isTestFile(active) ? active : undefined);
    if (file === undefined) return noLonger();
    if (file.scheme === 'untitled') {
      void showInformation(l10n.t('Save the test file first: its snapshots are saved in a folder beside it.'));
      return;
    }
    const accepted = chosen.length === 0 ? failures.snapshotsOf(file) : failures.acceptable(argument);
    if (chosen.length > 0 && accepted.size === 0) {
      void showInformation(l10n.t('This failure has no snapshot to accept.'));
      return;
    }
    if (accepted.size === 0) return noLonger();
    await acceptSnapshots(file, accepted);
    this.explorer.failures.forgetSnapshots(file, new Set(accepted.keys()));
    showStatus(
      accepted.size === 1
        ? formatMessage(l10n.t('Snapshot accepted: {0}'), [...accepted.keys()][0] ?? '')
        : formatMessage(l10n.t('{0} snapshots accepted.'), accepted.size),
      5_000,
    );
  }

  dispose(): void {
    this.#disposables.dispose();
  }
}

function noLonger(): void {
  void showInformation(l10n.t('This result is no longer available. Run the test again.'));
}

interface TestExplorerOptions {
  readonly services: Services;
  readonly logs: EventLogs;
  readonly thread: TestThread;
}

/** Number of runs of *Run 5 Times*. */
const spreadRuns = 5;
/** Delay after a saved file before the tests of continuous runs start, in ms. */
const settleMs = 500;

/** The conversation tests of a controller: its tree, its profiles and its runs. */
export class TestExplorer implements vscode.Disposable {
  readonly failures = new Failures();
  readonly runs: TestRuns;
  readonly tree: TestTree;
  /** Runs tests, once or after each saved file. */
  readonly profile: vscode.TestRunProfile;
  readonly #controller: vscode.TestController;
  readonly #disposables = new Disposables();

  constructor(controller: vscode.TestController, { services, logs, thread }: TestExplorerOptions) {
    this.#controller = controller;
    this.tree = new TestTree(controller, thread);
    this.runs = new TestRuns({ services, logs, thread, tree: this.tree, failures: this.failures });
    const { Run } = vscode.TestRunProfileKind;
    const run = (request: vscode.TestRunRequest, token: vscode.CancellationToken) =>
      request.continuous === true ? this.#runOnChanges(request, token) : this.#run(request, token);
    this.profile = controller.createRunProfile(l10n.t('Run'), Run, run, true, undefined, true);
    this.#disposables.push(
      this.tree,
      this.profile,
      controller.createRunProfile(l10n.t('Run 5 Times'), Run, (request, token) =>
        this.#run(request, token, { repeat: spreadRuns }),
      ),
    );
  }

  dispose(): void {
    this.#disposables.dispose();
  }

  async #run(request: vscode.TestRunRequest, token: vscode.CancellationToken, options: RunOptions = {}): Promise<void> {
    const run = this.#controller.createTestRun(request);
    const stop = new AbortController();
    const subscriptions = [token, run.token].map((one) => one.onCancellationRequested(() => stop.abort()));
    try {
      const items = request.include ?? [...this.#controller.items].map(([, item]) => item);
      const current = await Promise.all(items.map((item) => this.tree.current(item)));
      await this.runs.run(current, new Set(request.exclude ?? []), run, stop.signal, options);
    } finally {
      for (const subscription of subscriptions) subscription.dispose();
      run.end();
    }
  }

  /**
   * Runs the tests again after each saved file, because the server may be in the same workspace. A test or snapshot file runs
   * its own tests only, where nothing else changed.
   */
  async #runOnChanges(request: vscode.TestRunRequest, token: vscode.CancellationToken): Promise<void> {
    const own = new Disposables();
    let timer: NodeJS.Timeout | undefined;
    let running: Promise<void> = Promise.resolve();
    const changed = new Map<string, vscode.Uri>();
    const start = (): void => {
      const files = [...changed.values()];
      changed.clear();
      const isServer = files.some((uri) => !isTestFile(uri));
      running = running.then(async () => {
        if (token.isCancellationRequested) return;
        const included = request.include ?? [...this.#controller.items].map(([, item]) => item);
        const wanted = included.filter(
          ({ uri }) => isServer || files.some((file) => file.toString() === uri?.toString()),
        );
        if (wanted.length === 0) return;
        const again = new vscode.TestRunRequest(wanted, request.exclude, request.profile, true, true);
        await this.#run(again, token, { afterChange: isServer });
      });
    };
    own.push(
      vscode.workspace.onDidSaveTextDocument(({ uri }) => {
        if (/\/__snapshots__\//.test(uri.path)) return;
        changed.set(uri.toString(), uri);
        clearTimeout(timer);
        timer = setTimeout(start, settleMs);
      }),
    );
    await new Promise<void>((resolve) => own.add(token.onCancellationRequested(() => resolve())));
    clearTimeout(timer);
    own.dispose();
    await running;
  }
}

import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import { Disposables } from '../../base/vscode/disposables.ts';
import type { Services } from '../../connections/vscode/services.ts';
import type { EventLogs } from '../../eventLog/common/eventLogs.ts';
import type { TestThread } from '../node/testThread.ts';
import { Failures } from './failures.ts';
import { isTestFile } from './testFiles.ts';
import { TestRuns, type RunOptions } from './testRuns.ts';
import { TestTree } from './testTree.ts';

interface TestExplorerOptions {
  readonly services: Services;
  readonly logs: EventLogs;
  readonly thread: TestThread;
}

/** Number of runs of *Run 5 Times*. */
const spreadRuns = 5;
/** Delay after a saved file before the tests of continuous runs start, in ms. */
const settleMs = 500;

/** The conversation tests in the Testing view of the editor. */
export class TestExplorer implements vscode.Disposable {
  readonly failures = new Failures();
  readonly runs: TestRuns;
  readonly tree: TestTree;
  readonly #controller: vscode.TestController;
  readonly #disposables = new Disposables();

  constructor({ services, logs, thread }: TestExplorerOptions) {
    const controller = vscode.tests.createTestController('chatkit', 'ChatKit');
    this.#controller = controller;
    this.tree = new TestTree(controller, thread);
    this.runs = new TestRuns({ services, logs, thread, tree: this.tree, failures: this.failures });
    const { Run } = vscode.TestRunProfileKind;
    const run = (request: vscode.TestRunRequest, token: vscode.CancellationToken) =>
      request.continuous === true ? this.#runOnChanges(request, token) : this.#run(request, token);
    this.#disposables.push(
      controller,
      this.tree,
      controller.createRunProfile(l10n.t('Run'), Run, run, true, undefined, true),
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
      await this.runs.run(items, new Set(request.exclude ?? []), run, stop.signal, options);
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

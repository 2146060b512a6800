import * as vscode from 'vscode';
import type { DataChoice } from '../common/preview/widgetPreview.ts';
import type { EvaluationJob } from '../node/evaluationProtocol.ts';
import { StoppedJobs } from '../node/stoppedJobs.ts';
import { WidgetEvaluator, type Evaluation } from '../node/widgetEvaluator.ts';
import type { Services } from '../../connections/vscode/services.ts';
import { isWidgetFile, isWidgetJson } from './fileNames.ts';
import type { SampleData } from './sampleData.ts';
import { readStoppedJobs, saveStoppedJobs } from './stoppedStore.ts';

interface Made {
  readonly version: number;
  readonly choice: DataChoice;
  readonly selected: number;
  readonly evaluation: Promise<Evaluation>;
}

/** What documents draw and what is wrong with them. Documents are untrusted: a worker thread evaluates them. */
export class DocumentPreviews implements vscode.Disposable {
  readonly #data: SampleData;
  readonly #stoppedJobs: StoppedJobs;
  readonly #evaluator: WidgetEvaluator;
  readonly #reset = new vscode.EventEmitter<string>();
  /** The last one of each document: its page and its diagnostics ask for the same. */
  #made = new WeakMap<vscode.TextDocument, Made>();

  /** Fires with the address of a document that is to be evaluated once more. */
  readonly onDidReset = this.#reset.event;

  constructor({ context, log }: Pick<Services, 'context' | 'log'>, data: SampleData) {
    this.#data = data;
    this.#stoppedJobs = new StoppedJobs(readStoppedJobs(context), (jobs) => saveStoppedJobs(context, jobs));
    this.#evaluator = new WidgetEvaluator({
      script: vscode.Uri.joinPath(context.extensionUri, 'dist', 'widgetWorker.cjs').fsPath,
      stoppedJobs: this.#stoppedJobs,
      translations: vscode.l10n.bundle,
      onDidStop: (reason, message) => log.warn(`Widget preview: evaluation stopped (${reason}). ${message}`),
    });
  }

  /**
   * Evaluates a document as it is now, or as it is by the time that the evaluation starts. `selected`: which of its widgets,
   * where it holds several. Never rejects.
   */
  of(document: vscode.TextDocument, selected = 0): Promise<Evaluation> {
    const choice = this.#data.choice(document.uri);
    const last = this.#made.get(document);
    if (last?.version === document.version && last.choice === choice && last.selected === selected) {
      return last.evaluation;
    }
    const evaluation = this.#evaluator.evaluate(
      `${selected} ${document.uri.toString()}`,
      this.#job(document, selected),
    );
    this.#made.set(document, { version: document.version, choice, selected, evaluation });
    return evaluation;
  }

  /** Evaluates a document once more although it reached a limit. */
  runAgain(document: vscode.TextDocument, selected: number): void {
    this.#made.delete(document);
    for (const index of new Set([0, selected])) this.#stoppedJobs.forget(this.#job(document, index));
    this.#reset.fire(document.uri.toString());
  }

  dispose(): void {
    this.#evaluator.dispose();
    this.#reset.dispose();
  }

  #job(document: vscode.TextDocument, selected: number): EvaluationJob {
    const text = document.getText();
    return isWidgetFile(document.uri)
      ? { source: 'file', text, choice: this.#data.choice(document.uri) }
      : { source: 'json', text, selected, hasSchema: isWidgetJson(document.uri) };
  }
}

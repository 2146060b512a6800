import * as vscode from 'vscode';
import * as z from 'zod';
import type { DataChoice } from '../common/preview/widgetPreview.ts';
import type { Services } from '../../connections/vscode/services.ts';
import type { EvaluationJob } from '../node/evaluationProtocol.ts';
import { type StoppedJob, StoppedJobs } from '../node/stoppedJobs.ts';
import { type Evaluation, WidgetEvaluator } from '../node/widgetEvaluator.ts';
import { isWidgetFile, isWidgetJson } from './fileNames.ts';

const key = 'chatkit.widgetData';
/** Maximum number of saved files; the oldest is removed first. */
const maxFiles = 50;
/** Maximum length of edited data that is saved, in characters. */
const maxText = 200_000;
const own: DataChoice = { source: 'own' };

/** The data that each `.widget` file is rendered with. Data edited in the preview is saved in the workspace, not in the file. */
export class SampleData implements vscode.Disposable {
  readonly #state: vscode.Memento;
  readonly #choices: Map<string, DataChoice>;
  readonly #didChange = new vscode.EventEmitter<string>();

  /** Fires with the URI of the file. */
  readonly onDidChange = this.#didChange.event;

  constructor(state: vscode.Memento) {
    this.#state = state;
    const saved = Object.entries(state.get<Record<string, unknown>>(key, {}));
    this.#choices = new Map(saved.flatMap(([uri, value]) => (isChoice(value) ? [[uri, value]] : [])));
  }

  get(uri: vscode.Uri): DataChoice {
    return this.#choices.get(uri.toString()) ?? own;
  }

  set(uri: vscode.Uri, choice: DataChoice): void {
    const name = uri.toString();
    this.#choices.delete(name);
    if (choice.source !== 'own') this.#choices.set(name, choice);
    this.#didChange.fire(name);
    const saved = [...this.#choices].filter(([, each]) => each.source !== 'edited' || each.text.length <= maxText);
    void this.#state.update(key, Object.fromEntries(saved.slice(-maxFiles)));
  }

  dispose(): void {
    this.#didChange.dispose();
  }
}

function isChoice(value: unknown): value is DataChoice {
  if (typeof value !== 'object' || value === null || !('source' in value)) return false;
  return value.source === 'schema' || (value.source === 'edited' && 'text' in value && typeof value.text === 'string');
}

type Authoring = (typeof import('../node/authoring.ts'))['authoring'];

let loaded: Promise<Authoring> | undefined;

/** Loads the support for the editors of templates, once. */
export function loadAuthoring(): Promise<Authoring> {
  loaded ??= import('../node/authoring.ts').then(({ authoring }) => authoring);
  return loaded;
}

/** The services of this component. */
export interface WidgetServices extends Services {
  readonly sampleData: SampleData;
  readonly documentPreviews: DocumentPreviews;
}

interface CachedEvaluation {
  readonly version: number;
  readonly choice: DataChoice;
  readonly selected: number;
  readonly evaluation: Promise<Evaluation>;
}

/** Evaluates documents with widgets. Documents are untrusted: a worker thread evaluates them. */
export class DocumentPreviews implements vscode.Disposable {
  readonly #sampleData: SampleData;
  readonly #stoppedJobs: StoppedJobs;
  readonly #evaluator: WidgetEvaluator;
  readonly #didReset = new vscode.EventEmitter<string>();
  /** The latest evaluation of each document, shared by its preview and its diagnostics. */
  #latest = new WeakMap<vscode.TextDocument, CachedEvaluation>();

  /** Fires with the URI of a document that must be evaluated again. */
  readonly onDidReset = this.#didReset.event;

  constructor({ context, log }: Pick<Services, 'context' | 'log'>, sampleData: SampleData) {
    this.#sampleData = sampleData;
    this.#stoppedJobs = new StoppedJobs(readStoppedJobs(context), (jobs) => saveStoppedJobs(context, jobs));
    this.#evaluator = new WidgetEvaluator({
      script: vscode.Uri.joinPath(context.extensionUri, 'dist', 'evaluationWorker.cjs').fsPath,
      stoppedJobs: this.#stoppedJobs,
      translations: vscode.l10n.bundle,
      onDidStop: (reason, message) => log.warn(`Widget preview: evaluation stopped (${reason}). ${message}`),
    });
  }

  /**
   * Evaluates a document in its current state, or in a newer one if it changes before the evaluation starts. `selected` is
   * the index of the widget if the document contains several. Never rejects.
   */
  evaluate(document: vscode.TextDocument, selected = 0): Promise<Evaluation> {
    const choice = this.#sampleData.get(document.uri);
    const latest = this.#latest.get(document);
    if (latest?.version === document.version && latest.choice === choice && latest.selected === selected) {
      return latest.evaluation;
    }
    const evaluation = this.#evaluator.evaluate(
      `${selected} ${document.uri.toString()}`,
      this.#job(document, selected),
    );
    this.#latest.set(document, { version: document.version, choice, selected, evaluation });
    return evaluation;
  }

  /** Evaluates the text of a `.widget` file that is no document. Never rejects. */
  evaluateText(text: string): Promise<Evaluation> {
    return this.#evaluator.evaluate(text, { source: 'file', text, choice: { source: 'own' } });
  }

  /** Evaluates a document again although it reached a limit. */
  runAgain(document: vscode.TextDocument, selected: number): void {
    this.#latest.delete(document);
    for (const index of new Set([0, selected])) this.#stoppedJobs.forget(this.#job(document, index));
    this.#didReset.fire(document.uri.toString());
  }

  dispose(): void {
    this.#evaluator.dispose();
    this.#didReset.dispose();
  }

  #job(document: vscode.TextDocument, selected: number): EvaluationJob {
    const text = document.getText();
    return isWidgetFile(document.uri)
      ? { source: 'file', text, choice: this.#sampleData.get(document.uri) }
      : { source: 'json', text, selected, hasSchema: isWidgetJson(document.uri) };
  }
}

const stoppedJobsKey = 'chatkit.stoppedEvaluations';

/** Valid for one version of the extension: the next version may evaluate the same document within the limits. */
const storedJobs = z.object({
  version: z.string(),
  jobs: z.array(z.tuple([z.string(), z.enum(['time', 'memory', 'failure', 'unavailable'])])).max(1_000),
});

type StorageContext = Pick<vscode.ExtensionContext, 'workspaceState' | 'extension'>;

/** Documents of this workspace whose evaluation was stopped, also before a restart. */
function readStoppedJobs({ workspaceState, extension }: StorageContext): readonly StoppedJob[] {
  const stored = storedJobs.safeParse(workspaceState.get(stoppedJobsKey));
  return stored.success && stored.data.version === versionOf(extension) ? stored.data.jobs : [];
}

function saveStoppedJobs({ workspaceState, extension }: StorageContext, jobs: readonly StoppedJob[]): void {
  void workspaceState.update(stoppedJobsKey, { version: versionOf(extension), jobs });
}

function versionOf({ packageJSON }: vscode.Extension<unknown>): string {
  return String((packageJSON as { readonly version?: unknown }).version);
}

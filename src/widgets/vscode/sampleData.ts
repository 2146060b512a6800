import * as vscode from 'vscode';
import type { DataChoice } from '../common/preview/widgetPreview.ts';

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
